import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostName, ownOrigins } from '../../common/own-address';
import { respondEarly } from '../../system/connection-guard';
import { connectionOwner, type OwnsConnection } from '../../system/own-connection';
import type { Runtime, Supervisor } from '../runtime/supervisor';
import type { HostLog } from '../shared/log';
import type { FunctionsHostOptions } from '../shared/options';
import {
  earlyResponse,
  functionNotBuilt,
  type HostResponse,
  hostFailed,
  notFound,
  sendResponse,
  unavailable,
} from '../shared/responses';
import { assetHeaders } from './asset-headers';
import { CallForward } from './call-forward';
import { callPathOf } from './call-paths';
import { rejectForeignPage } from './foreign-page';
import { type ForwardResult, forward } from './forward';
import { localAuthorization } from './local-sign-in';
import { rejectMethod, sendOptions } from './methods';
import { isHostResponse, type RequestBody, readBody } from './request-body';
import type { RoutedRequest } from './routed-request';
import { rejectUnsigned } from './signature-guard';

type Settings = Pick<
  FunctionsHostOptions,
  'host' | 'publicUrl' | 'authToken' | 'operator' | 'ownsConnection' | 'localTaskRouter'
>;

/** How many children a request may meet that end before it starts. */
const maxAttempts = 5;

/** Responds to the requests on the public port, each once. */
export class RequestHandler {
  readonly #settings: Settings;
  readonly #ownsConnection: OwnsConnection;
  readonly #supervisor: Pick<Supervisor, 'ready'>;
  readonly #log: HostLog;
  readonly #calls: CallForward | undefined;

  constructor(settings: Settings, supervisor: Pick<Supervisor, 'ready'>, log: HostLog) {
    this.#settings = settings;
    this.#ownsConnection = settings.ownsConnection ?? connectionOwner();
    this.#supervisor = supervisor;
    this.#log = log;
    const { localTaskRouter, operator } = settings;
    const ownsConnection = this.#ownsConnection;
    this.#calls = localTaskRouter && new CallForward({ localTaskRouter, operator, ownsConnection });
  }

  /** Ends the responses that would go on as long as the host. */
  close(): void {
    this.#calls?.close();
  }

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const result = await this.#respond(request, response);
      if (result === 'sent') return;
      this.#logResponse(request, result);
      if (request.complete) sendResponse(response, result);
      else respondEarly(request, response, earlyResponse(result));
    } catch (error) {
      // A client that disconnects while sending is not an error of the host.
      if (!request.complete) return void response.destroy();
      this.#log({ level: 'error', message: `Functions host: ${(error as Error).stack}` });
      sendResponse(response, hostFailed);
    }
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<'sent' | HostResponse> {
    const origins = ownOrigins(request.headers.host, this.#settings);
    if (origins.length === 0) return hostRefused(request);
    const body = await readBody(request);
    if (isHostResponse(body) && !request.complete) return body;
    const callPath = this.#calls && callPathOf(pathOf(request));
    if (this.#calls && callPath) return this.#calls.respond({ request, origins }, body, callPath, response);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      // Inside the loop: the next child may have other routes.
      const runtime = await this.#supervisor.ready();
      if (!runtime) break;
      const result = await this.#attempt(runtime, request, origins, body, response);
      if (result !== 'retry') return result;
    }
    return unavailable;
  }

  async #attempt(
    { routes, child }: Runtime,
    request: IncomingMessage,
    origins: readonly string[],
    body: RequestBody | HostResponse,
    response: ServerResponse,
  ): Promise<ForwardResult> {
    const pathname = pathOf(request);
    const route = routes.find(pathname);
    if (!route && pathname === '/favicon.ico') {
      sendFavicon(response);
      return 'sent';
    }
    // A private file has no URL on the platform.
    if (!route || route.access === 'private') return notFound;
    const methodError = rejectMethod(request, route);
    if (methodError) return methodError;
    if (request.method === 'OPTIONS') {
      sendOptions(response, route);
      return 'sent';
    }
    if (isHostResponse(body)) return body;
    const routed: RoutedRequest = { request, body, route, origins };
    const error = rejectUnsigned(routed, this.#settings) ?? rejectForeignPage(routed);
    if (error) return error;
    if (route.problem) return functionNotBuilt(route.problem);
    const authorization = await localAuthorization(routed, this.#settings.operator, this.#ownsConnection);
    const headers = await assetHeaders(route);
    return forward(child, routed, { authorization, headers }, response);
  }

  /** Logs only what needs attention. Never logs the query, which holds personal data. */
  #logResponse(request: IncomingMessage, { status, code, message }: HostResponse): void {
    if (status < 500 && !code.startsWith('signature_')) return;
    const text = `${request.method} ${pathOf(request)}: ${status} ${code}: ${message}`;
    this.#log({ level: status < 500 ? 'warn' : 'error', message: text });
  }
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

function hostRefused({ headers: { host }, url }: IncomingMessage): HostResponse {
  const name = hostName(host);
  const address = name === undefined ? 'The Host header' : `http://${host}${url?.split('?')[0]}`;
  const suggestion = name === undefined ? 'URL' : `https://${name}`;
  return {
    status: 421,
    code: 'host_refused',
    message: `${address} is not an address of this server. Use localhost or the host name that the server was started with. Behind a tunnel, start the server with --public-url ${suggestion}.`,
  };
}

/** A dot on its way between two stages. The development server would redirect browsers to twilio.com instead. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f3a5f"/><path d="M7 16h18" stroke="#8fb3dc" stroke-width="3"/><circle cx="8" cy="16" r="4" fill="#8fb3dc"/><circle cx="24" cy="16" r="5" fill="#ffd166"/></svg>`;

function sendFavicon(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'image/svg+xml',
    'Content-Length': Buffer.byteLength(icon),
    'Cache-Control': 'max-age=86400',
  });
  response.end(icon);
}
