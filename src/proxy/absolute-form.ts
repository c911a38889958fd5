import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream';
import { type ProxyOptions, refuse } from './route';
import { type Target, targetOf } from './target';

/**
 * Some clients, such as axios, send the proxy a request in absolute form instead of CONNECT, also for https
 * (RFC 9112, section 3.2.2). Its target counts, not its Host header.
 */
export function receiveAbsolute(
  request: IncomingMessage,
  response: ServerResponse,
  { routeOf, onRefused, trusted }: ProxyOptions,
): void {
  const target = targetOf(request.url ?? '');
  const route = target ? routeOf(target.name) : 'refuse';
  if (target && route === 'pass') return void pass(request, response, target, trusted);
  if (!target || typeof route === 'string' || target.protocol === 'http:' || target.port !== 443) {
    onRefused(target ? `${target.name}:${target.port}` : (request.url ?? ''));
    return void refuse(response);
  }
  request.url = target.path;
  request.headers.host = target.name;
  route.request(request, response);
}

/** Sends the request on. Over https, the connection is this proxy's own, because the client has left it to the proxy. */
function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  { protocol, name, port, path }: Target,
  trusted: string | undefined,
): void {
  const send = protocol === 'http:' ? requestHttp : requestHttps;
  const { method } = incoming;
  const headers = endToEnd(incoming.headers);
  const outgoing = send({ host: name, port, path, method, headers, agent: false, ca: trusted });
  outgoing.once('response', (upstream) => {
    response.writeHead(upstream.statusCode ?? 502, upstream.rawHeaders);
    pipeline(upstream, response, () => undefined);
  });
  pipeline(incoming, outgoing, (error) => {
    if (!error) return;
    if (response.headersSent) return void response.destroy();
    response.writeHead(502, { 'Content-Type': 'text/plain', Connection: 'close' });
    response.end(`${name}:${port} does not respond: ${error.message}\n`);
  });
}

/** Without what is meant for the proxy: RFC 9110, section 11.7. */
function endToEnd(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('proxy-')));
}
