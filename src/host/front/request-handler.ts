import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runtime, Supervisor } from '../runtime/supervisor';
import type { HostLog } from '../shared/log';
import type { FunctionsHostOptions } from '../shared/options';
import {
  functionNotBuilt,
  type HostResponse,
  hostFailed,
  notFound,
  sendResponse,
  unavailable,
} from '../shared/responses';
import { forward } from './forward';
import type { FunctionRequest } from './function-request';
import { rejectForeignHost } from './host-name';
import { localAuthorization } from './local-sign-in';
import { rejectMethod, sendOptions } from './methods';
import { isHostResponse, type RequestBody, readBody } from './request-body';
import { rejectUnsigned } from './signature-guard';

interface Settings extends Pick<FunctionsHostOptions, 'host' | 'authToken' | 'operator'> {
  /** How clients reach us, and so what they sign. */
  readonly protocol: 'http' | 'https';
}

/** A request that met the end of a child this often before it began is given up. */
const attempts = 5;

/** Answers the requests to the public port, each once. */
export class RequestHandler {
  constructor(
    private readonly settings: Settings,
    private readonly supervisor: Pick<Supervisor, 'ready'>,
    private readonly log: HostLog,
  ) {}

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const outcome = await this.#answer(request, response);
      if (outcome === 'answered') return;
      this.#report(request, outcome);
      sendResponse(response, outcome);
    } catch (error) {
      // A client that went away while it sent is no fault of ours.
      if (!request.complete) return void response.destroy();
      this.log({ level: 'error', message: `Functions host: ${(error as Error).stack}` });
      sendResponse(response, hostFailed);
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<'answered' | HostResponse> {
    const foreign = rejectForeignHost(request, this.settings.host);
    if (foreign) return foreign;
    const body = await readBody(request);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      // Asked anew each time: with the next child other routes may apply.
      const runtime = await this.supervisor.ready();
      if (!runtime) break;
      const outcome = await this.#attempt(runtime, request, body, response);
      if (outcome !== 'again') return outcome;
    }
    return unavailable;
  }

  async #attempt(
    { routes, child }: Runtime,
    request: IncomingMessage,
    body: RequestBody | HostResponse,
    response: ServerResponse,
  ): Promise<'answered' | 'again' | HostResponse> {
    const pathname = request.url?.split('?')[0] ?? '';
    const route = routes.find(pathname);
    if (!route && pathname === '/favicon.ico') {
      sendFavicon(response);
      return 'answered';
    }
    // A private file has no address on the platform.
    if (!route || route.access === 'private') return notFound;
    const refusal = rejectMethod(request, route);
    if (refusal) return refusal;
    if (request.method === 'OPTIONS') {
      sendOptions(response, route);
      return 'answered';
    }
    if (isHostResponse(body)) return body;
    const origin = `${this.settings.protocol}://${request.headers.host}`;
    const visit: FunctionRequest = { request, body, route, origin };
    const unsigned = rejectUnsigned(visit, this.settings.authToken);
    if (unsigned) return unsigned;
    if (route.problem) return functionNotBuilt(route.problem);
    return forward(child, visit, localAuthorization(visit, this.settings.operator), response);
  }

  /** Of what the host refuses, only what somebody has to look into. The query stays out: it holds people's data. */
  #report(request: IncomingMessage, { status, code, message }: HostResponse): void {
    if (status < 500 && !code.startsWith('signature_')) return;
    const what = `${request.method} ${request.url?.split('?')[0]}: ${status} ${code}: ${message}`;
    this.log({ level: status < 500 ? 'warn' : 'error', message: what });
  }
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
