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
import type { FunctionRequest } from './function-request';

/** `again`: nothing of the Function has run, so the request may go to the next child. */
export type ForwardResult = 'answered' | 'again' | HostResponse;

/**
 * Headers that a Function never sees on the platform
 * (https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations), and those
 * between us and the child.
 */
const withheld =
  /^(connection|keep-alive|expect|host|proxy-.*|referer|te|trailer|transfer-encoding|upgrade|via|x-accel-.*|x-forwarded-.*|x-real-ip|content-length|x-functions-host)$/i;

/** How long to wait for the news that the child has ended, once a connection to it broke. In ms. */
const newsMs = 1_500;

/** Sends the request to the child and its answer to the client, unless the answer is for the host to give. */
export async function forward(
  child: ChildProcess,
  visit: FunctionRequest,
  authorization: string | undefined,
  response: ServerResponse,
): Promise<ForwardResult> {
  const flight = child.beginRequest(visit.route.file);
  const upstream = send(child, flight, visit, authorization);
  try {
    const answer = await Promise.race([answerOf(upstream), flight.timeout]);
    if (answer === 'overtime') {
      upstream.destroy();
      return functionTimedOut(flight.file, child.limits.functionTimeoutMs);
    }
    await relay(answer, response);
    return 'answered';
  } catch {
    return await explainBreak(child, flight);
  } finally {
    child.endRequest(flight);
  }
}

function send(
  child: ChildProcess,
  flight: InFlightRequest,
  visit: FunctionRequest,
  authorization: string | undefined,
): ClientRequest {
  const { request, body, route } = visit;
  // The path as it was judged, not as it was spelled.
  const search = /\?.*$/s.exec(request.url ?? '')?.[0] ?? '';
  const sent = body.bytes.length > 0 ? Buffer.from(JSON.stringify(body.parameters)) : Buffer.alloc(0);
  const length = request.headers['content-length'] ?? '-';
  const headers = [
    ...keptHeaders(request.rawHeaders, withheld),
    ...['Host', `127.0.0.1:${child.port}`],
    ...['Content-Length', String(sent.length)],
    ...[hostHeader, `${child.settings.secret} ${flight.number} ${length}`],
    ...(authorization ? ['Authorization', authorization] : []),
  ];
  const { method } = request;
  const target = {
    host: '127.0.0.1',
    port: child.port,
    agent: child.agent,
    method,
    path: route.path + search,
  };
  return httpRequest({ ...target, headers }).end(sent);
}

function answerOf(upstream: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    upstream.once('response', resolve);
    // Stays for the whole life of the request: an error after the answer has begun ends the relay by itself.
    upstream.on('error', reject);
  });
}

async function relay(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  if (response.destroyed) return void answer.resume();
  const headers = keptHeaders(answer.rawHeaders, /^(connection|keep-alive|transfer-encoding|x-powered-by)$/i);
  response.writeHead(answer.statusCode ?? 500, headers);
  // A client that goes away, or a child that ends within its answer: the connection is closed either way.
  await pipeline(answer, response).catch(() => response.destroy());
}

async function explainBreak(child: ChildProcess, flight: InFlightRequest): Promise<ForwardResult> {
  const ending = await within(newsMs, child.exited);
  if (flight.state === 'sent') return 'again';
  return ending ? exitResponse(flight, ending) : connectionLost(flight);
}

/** A flat list of names and values, as node:http gives and takes them: repeated headers stay repeated. */
function keptHeaders(rawHeaders: readonly string[], dropped: RegExp): string[] {
  return rawHeaders.filter((_, index) => !dropped.test(rawHeaders[index - (index % 2)] ?? ''));
}
