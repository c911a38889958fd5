import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runtime, Supervisor } from '../runtime/supervisor';
import type { HostLog } from '../shared/log';
import type { FunctionsHostOptions } from '../shared/options';
import { type Answer, give, hostFailed, notBuilt, notFound, unavailable } from '../shared/responses';
import { giveFavicon } from './favicon';
import { forward } from './forward';
import type { Visit } from './function-request';
import { refuseForeignHost } from './host-name';
import { localAuthorization } from './local-sign-in';
import { giveOptions, refuseMethod } from './methods';
import { isAnswer, type RequestBody, readBody } from './request-body';
import { refuseUnsigned } from './signature-guard';

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
      give(response, outcome);
    } catch (error) {
      // A client that went away while it sent is no fault of ours.
      if (!request.complete) return void response.destroy();
      this.log({ level: 'error', message: `Functions host: ${(error as Error).stack}` });
      give(response, hostFailed);
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<'answered' | Answer> {
    const foreign = refuseForeignHost(request, this.settings.host);
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
    body: RequestBody | Answer,
    response: ServerResponse,
  ): Promise<'answered' | 'again' | Answer> {
    const pathname = request.url?.split('?')[0] ?? '';
    const route = routes.find(pathname);
    if (!route && pathname === '/favicon.ico') {
      giveFavicon(response);
      return 'answered';
    }
    // A private file has no address on the platform.
    if (!route || route.access === 'private') return notFound;
    const refusal = refuseMethod(request, route);
    if (refusal) return refusal;
    if (request.method === 'OPTIONS') {
      giveOptions(response, route);
      return 'answered';
    }
    if (isAnswer(body)) return body;
    const origin = `${this.settings.protocol}://${request.headers.host}`;
    const visit: Visit = { request, body, route, origin };
    const unsigned = refuseUnsigned(visit, this.settings.authToken);
    if (unsigned) return unsigned;
    if (route.problem) return notBuilt(route.problem);
    return forward(child, visit, localAuthorization(visit, this.settings.operator), response);
  }

  /** Of what the host refuses, only what somebody has to look into. The query stays out: it holds people's data. */
  #report(request: IncomingMessage, { status, code, message }: Answer): void {
    if (status < 500 && !code.startsWith('signature_')) return;
    const what = `${request.method} ${request.url?.split('?')[0]}: ${status} ${code}: ${message}`;
    this.log({ level: status < 500 ? 'warn' : 'error', message: what });
  }
}
