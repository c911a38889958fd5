import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { JsonResponse, UnreadableStatus } from '../../system/connection-guard';

/** A response of the host itself, in the shape the Functions use for their errors. */
export interface HostResponse {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a response of the host, unless another response has started or the client is gone. */
export function sendResponse(
  response: ServerResponse,
  { status, code, message, headers }: HostResponse,
): void {
  if (response.headersSent || response.destroyed) return;
  const body = JSON.stringify({ code, message });
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...ownHeaders,
    ...headers,
  });
  response.end(body);
}

const ownHeaders = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** The same response, for a request that has not arrived as a whole. */
export function earlyResponse({ status, code, message, headers }: HostResponse): JsonResponse {
  return { status, headers: { ...ownHeaders, ...headers }, body: { code, message } };
}

/** The response to a request that cannot be read. */
export function unreadable(status: UnreadableStatus): HostResponse {
  return { status, ...reasons[status] };
}

const reasons: Readonly<Record<UnreadableStatus, Pick<HostResponse, 'code' | 'message'>>> = {
  400: { code: 'malformed_request', message: 'The request is not valid HTTP.' },
  405: { code: 'method_not_allowed', message: 'CONNECT is for proxies, and this server is none.' },
  408: { code: 'request_timeout', message: 'The request took too long to arrive. Send it again.' },
  431: { code: 'headers_too_large', message: 'The URL and headers of the request are too large.' },
};

export const notFound: HostResponse = {
  status: 404,
  code: 'not_found',
  message: 'No Function or asset has this path.',
};

/** @param headers of the response, such as Content-Range */
export function assetRefused(status: number, headers: Readonly<Record<string, string>> = {}): HostResponse {
  const reason = STATUS_CODES[status] ?? 'Bad Request';
  return {
    status,
    code: reason.toLowerCase().replaceAll(/\W+/g, '_'),
    message: `The asset cannot be sent: ${reason}.`,
    headers,
  };
}

export const unavailable: HostResponse = {
  status: 503,
  code: 'runtime_unavailable',
  message: 'The Functions runtime is not running; see the log.',
  headers: { 'Retry-After': '1' },
};

/** @param what the Function did, such as `threw` */
export function functionFailed(file: string, what: string): HostResponse {
  return { status: 500, code: 'function_failed', message: `${file} ${what}; see the log` };
}

export function functionNotBuilt(problem: string): HostResponse {
  return { status: 500, code: 'function_not_built', message: problem };
}

export function functionTimedOut(file: string, limitMs: number): HostResponse {
  return {
    status: 504,
    code: 'function_timeout',
    message: `${file} did not respond within ${limitMs / 1000} s`,
  };
}

export const hostFailed: HostResponse = {
  status: 500,
  code: 'host_failed',
  message: 'The Functions host failed; see the log.',
};
