import { type RequestListener, request as requestHttp } from 'node:http';
import { pipeline } from 'node:stream';

/**
 * Hands requests on to a service that listens here, headers and all: by its Host header it knows as whom it is asked.
 * @param url of the service, e.g. `http://127.0.0.1:4040`
 * @param authorizationFor what the service is told in place of the Authorization header that came
 */
export function forwardTo(
  url: string,
  authorizationFor: (given: string | undefined) => string | undefined,
): RequestListener {
  const { hostname, port } = new URL(url);
  return (incoming, response) => {
    const { method, url: path } = incoming;
    const authorization = authorizationFor(incoming.headers.authorization);
    const headers = { ...incoming.headers, ...(authorization !== undefined && { authorization }) };
    const outgoing = requestHttp({
      host: hostname,
      port,
      method,
      path,
      headers,
      setHost: false,
      agent: false,
    });
    outgoing.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      pipeline(answer, response, () => undefined);
    });
    pipeline(incoming, outgoing, (error) => {
      if (error) response.destroy();
    });
  };
}
