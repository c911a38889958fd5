import { type RequestListener, request as requestHttp } from 'node:http';
import { pipeline } from 'node:stream';

/**
 * Hands requests on to a service that listens here, headers and all: by its Host header it knows as whom it is asked.
 * @param url of the service, e.g. `http://127.0.0.1:4040`
 */
export function forwardTo(url: string): RequestListener {
  const { hostname, port } = new URL(url);
  return (incoming, response) => {
    const { method, url: path, headers } = incoming;
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
