import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { basicAuthorization, isSameCredentials, readBasicAuthorization } from '../../common/http-basic';
import {
  crossSiteRefused,
  isFromOtherSite,
  isPrefetch,
  signInChallenge,
  signInRequired,
} from '../../common/operator-guard';
import type { OwnsConnection } from '../../system/own-connection';
import type { LocalTaskRouter, OperatorCredentials } from '../shared/options';
import type { HostResponse } from '../shared/responses';
import { type CallPath, callParameters, rejectCallMethod } from './call-paths';
import { rejectForeignPage } from './foreign-page';
import { localAuthorization } from './local-sign-in';
import { isHostResponse, type RequestBody } from './request-body';
import type { AddressedRequest } from './routed-request';

interface CallForwardOptions {
  readonly localTaskRouter: LocalTaskRouter;
  /** Whom the host signs in; null: nobody. */
  readonly operator: OperatorCredentials | null | undefined;
  readonly ownsConnection: OwnsConnection;
}

/** Signed in like a Function for the operator. */
const route = { type: 'function', access: 'public', signsIn: true } as const;

/** The headers of TaskRouter's responses that clients get. */
const kept = ['content-type', 'cache-control', 'x-content-type-options'];

/**
 * Forwards requests for simulated calls to the local TaskRouter, as its account. They pass the guards of the operator's
 * Functions, which the host applies itself, because no Function sees them.
 */
export class CallForward {
  readonly #options: CallForwardOptions;
  readonly #endStreams = new Set<() => void>();

  constructor(options: CallForwardOptions) {
    this.#options = options;
  }

  async respond(
    { request, origins }: AddressedRequest,
    body: RequestBody | HostResponse,
    path: CallPath,
    response: ServerResponse,
  ): Promise<'sent' | HostResponse> {
    const methodError = rejectCallMethod(request, path);
    if (methodError) return methodError;
    if (isHostResponse(body)) return body;
    const guardError = rejectForeign({ request, origins }) ?? (await this.#rejectStranger(request));
    if (guardError) return guardError;
    const parameters = callParameters(request, body, path);
    if ('status' in parameters) return parameters;
    return this.#send(request, parameters, response);
  }

  /** Ends the streams, which would otherwise keep the host from stopping. */
  close(): void {
    for (const end of this.#endStreams) end();
  }

  async #rejectStranger(request: IncomingMessage): Promise<HostResponse | undefined> {
    const { localTaskRouter, operator, ownsConnection } = this.#options;
    const authorization =
      (await localAuthorization({ request, route }, operator, ownsConnection)) ??
      request.headers.authorization;
    if (isSameCredentials(readBasicAuthorization(authorization), localTaskRouter.operator)) return undefined;
    return { status: 401, ...signInRequired, headers: { 'WWW-Authenticate': signInChallenge } };
  }

  async #send(
    request: IncomingMessage,
    parameters: URLSearchParams,
    response: ServerResponse,
  ): Promise<'sent' | HostResponse> {
    const incoming = await sendUpstream(this.#options.localTaskRouter, request, parameters).catch(() => null);
    if (!incoming) return unreachable;
    this.#relay(incoming, response);
    return 'sent';
  }

  #relay(incoming: IncomingMessage, response: ServerResponse): void {
    if (response.destroyed) return void incoming.destroy();
    const end = () => {
      incoming.unpipe(response);
      response.end();
    };
    this.#endStreams.add(end);
    response.once('close', () => {
      this.#endStreams.delete(end);
      incoming.destroy();
    });
    // The client must notice that the rest is missing.
    incoming.once('error', () => response.destroy());
    response.writeHead(incoming.statusCode ?? 502, headersOf(incoming));
    incoming.pipe(response);
  }
}

/** By Fetch Metadata, and without it by `Origin` and `Referer`. */
function rejectForeign({ request, origins }: AddressedRequest): HostResponse | undefined {
  const header = (name: string) => request.headers[name]?.toString();
  if (isFromOtherSite(header) || isPrefetch(header)) return { status: 403, ...crossSiteRefused };
  return rejectForeignPage({ request, origins, route });
}

/** There is no time limit: TaskRouter itself limits how long it waits for TwiML, and a stream lasts as long as its reader. */
function sendUpstream(
  { url, accountSid, authToken }: LocalTaskRouter,
  { method, url: target = '' }: IncomingMessage,
  parameters: URLSearchParams,
): Promise<IncomingMessage> {
  const [path = ''] = target.split('?');
  const isForm = method === 'POST';
  const form = isForm ? parameters.toString() : '';
  const headers = {
    Authorization: basicAuthorization(accountSid, authToken),
    ...(isForm && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    ...(isForm && { 'Content-Length': Buffer.byteLength(form) }),
  };
  const upstream = new URL(isForm ? path : `${path}?${parameters}`, url);
  return new Promise((resolve, reject) => {
    httpRequest(upstream, { method, headers, agent: false })
      .once('response', resolve)
      .on('error', reject)
      .end(form);
  });
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const entries = kept.map((name) => [name, headers[name]]);
  return { ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)), Connection: 'close' };
}

const unreachable: HostResponse = {
  status: 503,
  code: 'taskrouter_unreachable',
  message: 'The local TaskRouter does not respond. Check that it is running, then try again.',
};
