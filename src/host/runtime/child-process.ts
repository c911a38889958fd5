import { fork, type ChildProcess as NodeChildProcess } from 'node:child_process';
import { Agent } from 'node:http';
import { within } from '../shared/deferred';
import type { HostLog } from '../shared/log';
import type { HostLimits } from '../shared/options';
import type { ChildSettings, MessageFromChild, MessageToChild } from '../shared/protocol';
import type { ChildExit } from './child-exit';
import { Heartbeat } from './heartbeat';
import { InFlightRequest, suspectsAmong } from './in-flight-request';
import type { LineAllowance } from './line-allowance';
import { logOutput } from './process-output';

/** How long a child may take to end, and how long to wait for its last messages. In ms. */
const graceMs = 500;

/** The compiled `child.ts` and its process environment, which is empty but for a rehearsal's proxy settings. */
export interface ChildProgram {
  readonly script: string;
  readonly processEnvironment: Readonly<Record<string, string>>;
}

/** One child process, from start to exit, with the requests in it. */
export class ChildProcess {
  /** The port it listens on; rejects when it ends, or does not listen within `startMs`. */
  readonly listening: Promise<number>;
  /** Never rejects; resolves once the process has ended and all its output has been read. */
  readonly exited: Promise<ChildExit>;
  /** Keeps the connections to this child; none outlives it. */
  readonly agent = new Agent({ keepAlive: true });
  readonly #process: NodeChildProcess;
  readonly #requests = new Map<number, InFlightRequest>();
  #heartbeat: Heartbeat | undefined;
  #port: number | undefined;
  #lastNumber = 0;
  #stall: ChildExit | undefined;
  /** The file of the request that ended last. */
  #lastFile: string | undefined;
  #onRequestEnd: () => void = () => {};

  constructor(
    { script, processEnvironment }: ChildProgram,
    readonly settings: ChildSettings,
    readonly limits: HostLimits,
    log: HostLog,
    allowance: LineAllowance,
  ) {
    // Not the host's environment: deployed Functions find their variables in their context alone.
    this.#process = fork(script, [], {
      cwd: settings.projectRoot,
      env: { ...processEnvironment },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    logOutput(this.#process.stdout, 'info', log, allowance);
    logOutput(this.#process.stderr, 'error', log, allowance);
    this.#process.on('message', (message: MessageFromChild) => this.#receive(message));
    this.#process.on('error', (error) =>
      log({ level: 'error', message: `Functions runtime: ${error.message}` }),
    );
    this.exited = this.#untilExited();
    this.listening = this.#untilListening();
    this.listening.catch(() => {});
    this.#send({ kind: 'start', settings });
  }

  get port(): number {
    if (this.#port === undefined) throw new Error('The Functions runtime is not listening yet');
    return this.#port;
  }

  /** Registers a request before it is sent. Each one must be ended with {@link endRequest}. */
  beginRequest(file: string): InFlightRequest {
    this.#lastNumber += 1;
    const request = new InFlightRequest(this.#lastNumber, file);
    this.#requests.set(request.number, request);
    return request;
  }

  endRequest(request: InFlightRequest): void {
    request.end();
    this.#requests.delete(request.number);
    this.#lastFile = request.file;
    this.#onRequestEnd();
  }

  /** Ends the child once its requests have ended, at the latest when their time limits have passed. */
  async retire(): Promise<void> {
    const empty = new Promise<void>((resolve) => {
      this.#onRequestEnd = () => {
        if (this.#requests.size === 0) resolve();
      };
      this.#onRequestEnd();
    });
    const { functionTimeoutMs, stallMs } = this.limits;
    await within(functionTimeoutMs + stallMs, Promise.race([empty, this.exited]));
    await this.end();
  }

  /** Ends the child now. Resolves when it has exited. */
  async end(): Promise<void> {
    this.#heartbeat?.stop();
    if (this.#process.connected) this.#process.disconnect();
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(kill);
  }

  #receive(message: MessageFromChild): void {
    const request = 'request' in message ? this.#requests.get(message.request) : undefined;
    if (message.kind === 'pong') this.#heartbeat?.pong();
    else if (message.kind === 'started') request?.start(this.limits.functionTimeoutMs);
    else if (message.kind === 'yielded' && request) request.state = 'yielded';
  }

  #send(message: MessageToChild): void {
    // If the channel is closed, `exited` reports it.
    this.#process.send(message, () => {});
  }

  async #untilListening(): Promise<number> {
    const { startMs, stallMs } = this.limits;
    const listening = new Promise<number>((resolve) => {
      this.#process.on('message', (message: MessageFromChild) => {
        if (message.kind === 'listening') resolve(message.port);
      });
    });
    const ended = this.exited.then(({ detail }) => {
      throw new Error(`The Functions runtime ended while starting (${detail})`);
    });
    const port = await within(startMs, Promise.race([listening, ended]));
    if (port === undefined) {
      this.#process.kill('SIGKILL');
      throw new Error(`The Functions runtime did not start within ${startMs / 1000} s`);
    }
    this.#port = port;
    this.#heartbeat = new Heartbeat(
      stallMs,
      () => this.#send({ kind: 'ping' }),
      () => this.#kill(),
    );
    return port;
  }

  /** A stalled child cannot end by itself. The suspects are recorded before their connections break. */
  #kill(): void {
    this.#stall = this.#exit('stalled', `no heartbeat for ${this.limits.stallMs / 1000} s`);
    this.#process.kill('SIGKILL');
  }

  /** A Function may run on after its response: without suspects, the last one to respond is worth a look. */
  #exit(cause: ChildExit['cause'], detail: string): ChildExit {
    const suspects = suspectsAmong(this.#requests.values());
    const hint = suspects.length === 0 && this.#lastFile ? `; ${this.#lastFile} responded last` : '';
    return { cause, detail: detail + hint, suspects };
  }

  async #untilExited(): Promise<ChildExit> {
    const child = this.#process;
    const closed = Promise.all([
      new Promise((resolve) => child.once('disconnect', resolve)),
      new Promise((resolve) => child.stdout?.once('close', resolve)),
      new Promise((resolve) => child.stderr?.once('close', resolve)),
    ]);
    const detail = await new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
      child.once('error', (error) => child.pid === undefined && resolve(error.message));
    });
    // The channel may still hold messages; whether a request has started decides whether it is sent again.
    await within(graceMs, closed);
    this.#heartbeat?.stop();
    this.agent.destroy();
    return this.#stall ?? this.#exit('exited', detail);
  }
}
