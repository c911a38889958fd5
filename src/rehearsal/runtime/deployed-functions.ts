import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { RequestHandler } from '../../host/front/request-handler';
import { type Runtime, Supervisor } from '../../host/runtime/supervisor';
import { type HostLog, maskingLog, secretsIn } from '../../host/shared/log';
import { defaultLimits, type HostLimits } from '../../host/shared/options';
import { notFound, sendResponse } from '../../host/shared/responses';
import type { InstalledBuild } from './install-build';

/** What an environment is to run now. */
export interface Running {
  readonly build: InstalledBuild;
  /** What is in `context`: the variables, and what the platform adds. */
  readonly context: Readonly<Record<string, string>>;
}

export interface DeployedFunctionsOptions {
  readonly domainName: string;
  /** Signs the requests to protected Functions and assets. */
  readonly authToken: string;
  /** Asked at every request; null while nothing is deployed. */
  readonly running: () => Running | null;
  /** Of the processes in which the Functions run. */
  readonly processEnvironment: Readonly<Record<string, string>>;
  readonly log: HostLog;
  readonly limits?: Partial<HostLimits> | undefined;
}

/** Our choice: requests go to them in turn, so that a Function which counts on its memory is found out. */
const instances = 2;

/** The Functions and assets of one environment, answering at its domain as Twilio's runtime does. */
export class DeployedFunctions {
  readonly listener: RequestListener = (request, response) => void this.#receive(request, response);
  readonly #reception: RequestHandler;
  readonly #supervisors: readonly Supervisor[];
  readonly #secret = randomBytes(24).toString('base64url');
  #running = '';
  #turn = 0;
  #changing: Promise<void> = Promise.resolve();
  #secrets: readonly string[] = [];

  constructor(private readonly options: DeployedFunctionsOptions) {
    const { domainName: host, authToken } = options;
    const log = maskingLog(options.log, () => [authToken, ...this.#secrets]);
    const limits = { ...defaultLimits, ...options.limits };
    this.#supervisors = Array.from({ length: instances }, () => new Supervisor(limits, log));
    const settings = { host, publicUrl: `https://${host}`, authToken, operator: null };
    this.#reception = new RequestHandler(settings, { ready: () => this.#ready() }, log);
  }

  /**
   * Resolves when the instances run what is deployed now. Our choice: a changed variable counts from the next request.
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
    if (this.options.running()) return this.#reception.receive(request, response);
    sendResponse(response, notFound);
  }

  async #ready(): Promise<Runtime | undefined> {
    await this.refresh();
    this.#turn += 1;
    return this.#supervisors[this.#turn % this.#supervisors.length]?.ready();
  }

  async #change(): Promise<void> {
    const running = this.options.running();
    const wanted = JSON.stringify([running?.build.root, running?.context]);
    if (wanted === this.#running) return;
    if (running) await this.#start(running);
    this.#running = wanted;
  }

  async #start({ build, context }: Running): Promise<void> {
    const { processEnvironment, domainName } = this.options;
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
    const generation = { program, routes: build.routes, settings };
    await Promise.all(this.#supervisors.map((each) => each.start(generation)));
  }
}
