import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { RequestHandler } from '../../host/front/request-handler';
import { type Runtime, Supervisor } from '../../host/runtime/supervisor';
import { type HostLog, maskingLog, secretsIn } from '../../host/shared/log';
import { defaultLimits, type HostLimits } from '../../host/shared/options';
import { notFound, sendResponse } from '../../host/shared/responses';
import type { InstalledBuild } from './install-build';

/** What an environment runs now. */
export interface Running {
  readonly build: InstalledBuild;
  /** What is in `context`: the variables, and what the platform adds. */
  readonly context: Readonly<Record<string, string>>;
}

interface DeployedFunctionsOptions {
  readonly domainName: string;
  /** Signs the requests to protected Functions and assets. */
  readonly authToken: string;
  /** Called for every request; null while nothing is deployed. */
  readonly running: () => Running | null;
  /** Of the processes in which the Functions run. */
  readonly processEnvironment: Readonly<Record<string, string>>;
  readonly log: HostLog;
  readonly limits?: Partial<HostLimits> | undefined;
  /** Processes that run the Functions; default 2. */
  readonly instances?: number | undefined;
}

/** Our choice: two take requests in turn, so that a Function that relies on its memory fails here, too. */
const defaultInstances = 2;

/** The Functions and assets of one environment. They respond at its domain as in Twilio's runtime. */
export class DeployedFunctions {
  readonly listener: RequestListener = (request, response) => void this.#receive(request, response);
  readonly #options: DeployedFunctionsOptions;
  readonly #handler: RequestHandler;
  readonly #supervisors: readonly Supervisor[];
  readonly #secret = randomBytes(24).toString('base64url');
  #running = '';
  #requestCount = 0;
  #changing: Promise<void> = Promise.resolve();
  #secrets: readonly string[] = [];

  constructor(options: DeployedFunctionsOptions) {
    this.#options = options;
    const { domainName: host, authToken, instances = defaultInstances } = options;
    const log = maskingLog(options.log, () => [authToken, ...this.#secrets]);
    const limits = { ...defaultLimits, ...options.limits };
    this.#supervisors = Array.from({ length: instances }, () => new Supervisor(limits, log));
    const settings = { host, publicUrl: `https://${host}`, authToken, operator: null };
    this.#handler = new RequestHandler(settings, { ready: () => this.#ready() }, log);
  }

  /**
   * Resolves when the instances run what is deployed now. Our choice: a changed variable applies to the next request.
   */
  refresh(): Promise<void> {
    this.#changing = this.#changing.catch(() => undefined).then(() => this.#change());
    return this.#changing;
  }

  async close(): Promise<void> {
    await this.#changing.catch(() => undefined);
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.close()));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#options.running()) return this.#handler.receive(request, response);
    sendResponse(response, notFound);
  }

  async #ready(): Promise<Runtime | undefined> {
    await this.refresh();
    this.#requestCount += 1;
    return this.#supervisors[this.#requestCount % this.#supervisors.length]?.ready();
  }

  async #change(): Promise<void> {
    const running = this.#options.running();
    const wanted = JSON.stringify([running?.build.root, running?.context]);
    if (wanted === this.#running) return;
    if (running) await this.#start(running);
    this.#running = wanted;
  }

  async #start({ build, context }: Running): Promise<void> {
    const { processEnvironment, domainName } = this.#options;
    this.#secrets = secretsIn(context);
    const program = { script: build.script, processEnvironment };
    const settings = {
      projectRoot: build.root,
      publicUrl: `https://${domainName}`,
      environment: context,
      routes: build.routes.all,
      secret: this.#secret,
      parentProcessId: process.pid,
    };
    const config = { program, routes: build.routes, settings };
    await Promise.all(this.#supervisors.map((each) => each.start(config)));
  }
}
