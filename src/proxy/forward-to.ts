import { type IncomingMessage, request as requestHttp } from 'node:http';
import { connect } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import type { ServedHost } from './route';

/**
 * Forwards requests and WebSockets to a service on this computer with all headers: the Host header tells the service its
 * public name.
 * @param url of the service, such as `http://127.0.0.1:4040`
 */
export function forwardTo(url: string): ServedHost {
  const { hostname, port } = new URL(url);
  return {
    request(incoming, response) {
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
    },
    upgrade(incoming, socket, head) {
      const upstream = connect(Number(port), hostname);
      upstream.write(headOf(incoming));
      upstream.write(head);
      joinStreams(socket, upstream);
    },
  };
}

/** A request as it arrived, without its body. */
function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Passes bytes on in both directions, and the end of either. */
export function joinStreams(left: Duplex, right: Duplex): void {
  left.pipe(right).pipe(left);
  for (const [stream, other] of [
    [left, right],
    [right, left],
  ] as const) {
    stream.once('error', () => stream.destroy());
    stream.once('close', () => other.destroy());
  }
}
