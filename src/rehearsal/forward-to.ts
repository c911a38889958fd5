import { type RequestListener, request as requestHttp } from 'node:http';
import { pipeline } from 'node:stream';

/**
 * Forwards requests to a service on this computer with all headers: the Host header tells the service its public name.
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
    outgoing.once('response', (upstream) => {
      response.writeHead(upstream.statusCode ?? 502, upstream.rawHeaders);
      pipeline(upstream, response, () => undefined);
    });
    pipeline(incoming, outgoing, (error) => {
      if (error) response.destroy();
    });
  };
}
