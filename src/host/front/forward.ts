import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { connectionLost, exitResponse } from '../runtime/child-exit';
import type { ChildProcess } from '../runtime/child-process';
import type { InFlightRequest } from '../runtime/in-flight-request';
import { within } from '../shared/deferred';
import { hostHeader } from '../shared/protocol';
import { functionTimedOut, type HostResponse } from '../shared/responses';
import type { RoutedRequest } from './routed-request';

/** `retry`: no code of the Function has run, so the request may go to the next child. */
export type ForwardResult = 'sent' | 'retry' | HostResponse;

/**
 * Headers that a Function never sees on the platform
 * (https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations), those
 * between host and child, and two names that every object has, at which the development server fails.
 */
const withheld =
  /^(connection|keep-alive|expect|host|proxy-.*|referer|te|trailer|transfer-encoding|upgrade|via|x-accel-.*|x-forwarded-.*|x-real-ip|content-length|x-functions-host|__proto__|constructor)$/i;

/** How long to wait for the child's exit once a connection to it broke. In ms. */
const maxExitWaitMs = 1_500;

/** What the host adds. */
interface Additions {
  /** The Authorization header of the request. */
  readonly authorization: string | undefined;
  /** Headers of the response. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Forwards a request to the child and its response to the client, or returns the response for the host to send. */
export async function forward(
  child: ChildProcess,
  routed: RoutedRequest,
  { authorization, headers }: Additions,
  response: ServerResponse,
): Promise<ForwardResult> {
  const inFlight = child.beginRequest(routed.route.file);
  const upstream = sendUpstream(child, inFlight, routed, authorization);
  try {
    const result = await Promise.race([responseOf(upstream), inFlight.timeout]);
    if (result === 'timeout') {
      upstream.destroy();
      return functionTimedOut(inFlight.file, child.limits.functionTimeoutMs);
    }
    await relay(result, response, headers);
    return 'sent';
  } catch {
    return await explainBreak(child, inFlight);
  } finally {
    child.endRequest(inFlight);
  }
}

function sendUpstream(
  child: ChildProcess,
  inFlight: InFlightRequest,
  { request, body, route }: RoutedRequest,
  authorization: string | undefined,
): ClientRequest {
  const search = /\?.*$/s.exec(request.url ?? '')?.[0] ?? '';
  const content = body.bytes.length > 0 ? Buffer.from(JSON.stringify(body.parameters)) : Buffer.alloc(0);
  const length = request.headers['content-length'] ?? '-';
  const headers = [
    ...keptHeaders(request.rawHeaders, withheld),
    ...['Host', `127.0.0.1:${child.port}`],
    ...['Content-Length', String(content.length)],
    ...[hostHeader, `${child.settings.secret} ${inFlight.number} ${length}`],
    ...(authorization ? ['Authorization', authorization] : []),
  ];
  return httpRequest({
    host: '127.0.0.1',
    port: child.port,
    agent: child.agent,
    method: request.method,
    // The path that was checked, not the client's spelling of it.
    path: route.path + search,
    headers,
  }).end(content);
}

function responseOf(upstream: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    upstream.once('response', resolve);
    // Stays for the life of the request: after the response has started, an error ends the relay by itself.
    upstream.on('error', reject);
  });
}

async function relay(
  incoming: IncomingMessage,
  response: ServerResponse,
  added: Additions['headers'],
): Promise<void> {
  if (response.destroyed) return void incoming.resume();
  const dropped = ['connection', 'keep-alive', 'transfer-encoding', 'x-powered-by', ...Object.keys(added)];
  const headers = keptHeaders(incoming.rawHeaders, new RegExp(`^(${dropped.join('|')})$`, 'i'));
  response.writeHead(incoming.statusCode ?? 500, [...headers, ...Object.entries(added).flat()]);
  // The client may go away, or the child may end during its response: both close the connection.
  await pipeline(incoming, response).catch(() => response.destroy());
}

async function explainBreak(child: ChildProcess, inFlight: InFlightRequest): Promise<ForwardResult> {
  const exit = await within(maxExitWaitMs, child.exited);
  if (inFlight.state === 'sent') return 'retry';
  return exit ? exitResponse(inFlight, exit) : connectionLost(inFlight);
}

/** Takes and returns a flat list of names and values, as node:http does, so that repeated headers stay repeated. */
function keptHeaders(rawHeaders: readonly string[], dropped: RegExp): string[] {
  return rawHeaders.filter((_, index) => !dropped.test(rawHeaders[index - (index % 2)] ?? ''));
}
