import { fork, type ChildProcess as NodeChildProcess } from 'node:child_process';
import { Agent } from 'node:http';
import { within } from '../shared/deferred';
import type { HostLog } from '../shared/log';
import type { HostLimits } from '../shared/options';
import type { ChildSettings, MessageFromChild, MessageToChild } from '../shared/protocol';
import type { ChildExit } from './child-exit';
import { Heartbeat } from './heartbeat';
import { InFlightRequest, suspectsAmong } from './in-flight-request';
import { logOutput } from './process-output';

/** How long a child that was asked to end may take, and how long its last messages are waited for. In ms. */
const graceMs = 500;

/** The compiled `child.ts` and what it finds in its process, where nothing but a proxy has any business. */
export interface ChildProgram {
  readonly script: string;
  readonly processEnvironment: Readonly<Record<string, string>>;
}

/** One child process: the runtime, from its start to its end, with the requests that are in it. */
export class ChildProcess {
  /** The port it listens on; rejects when it ends or says nothing before `startMs`. */
  readonly listening: Promise<number>;
  /** Never rejects; resolves once the process has ended and all it said has been read. */
  readonly exited: Promise<ChildExit>;
  /** Connections to this child; none outlives it. */
  readonly agent = new Agent({ keepAlive: true });
  readonly #process: NodeChildProcess;
  readonly #flights = new Map<number, InFlightRequest>();
  #heartbeat: Heartbeat | undefined;
  #port: number | undefined;
  #flightNumber = 0;
  #stall: ChildExit | undefined;
  #lastLanded: string | undefined;
  #landed: () => void = () => {};

  constructor(
    { script, processEnvironment }: ChildProgram,
    readonly settings: ChildSettings,
    readonly limits: HostLimits,
    log: HostLog,
  ) {
    // Not ours: a Function that reads it here, and not its context, would find nothing when deployed either.
    this.#process = fork(script, [], {
      cwd: settings.projectRoot,
      env: { ...processEnvironment },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    logOutput(this.#process.stdout, 'info', log);
    logOutput(this.#process.stderr, 'error', log);
    this.#process.on('message', (message: MessageFromChild) => this.#hear(message));
    this.#process.on('error', (error) =>
      log({ level: 'error', message: `Functions runtime: ${error.message}` }),
    );
    this.exited = this.#untilGone();
    this.listening = this.#untilListening();
    this.listening.catch(() => {});
    this.#send({ kind: 'start', settings });
  }

  get port(): number {
    if (this.#port === undefined) throw new Error('The Functions runtime does not listen yet');
    return this.#port;
  }

  /** Registers a request that is about to be sent; whoever calls it calls {@link endRequest}. */
  beginRequest(file: string): InFlightRequest {
    this.#flightNumber += 1;
    const flight = new InFlightRequest(this.#flightNumber, file);
    this.#flights.set(flight.number, flight);
    return flight;
  }

  endRequest(flight: InFlightRequest): void {
    flight.end();
    this.#flights.delete(flight.number);
    this.#lastLanded = flight.file;
    this.#landed();
  }

  /** Ends the child after the requests in it are answered, at the latest when all their time is up. */
  async retire(): Promise<void> {
    const empty = new Promise<void>((resolve) => {
      this.#landed = () => {
        if (this.#flights.size === 0) resolve();
      };
      this.#landed();
    });
    const { functionTimeoutMs, stallMs } = this.limits;
    await within(functionTimeoutMs + stallMs, Promise.race([empty, this.exited]));
    await this.end();
  }

  /** Ends the child now. Resolves when it is gone. */
  async end(): Promise<void> {
    this.#heartbeat?.stop();
    if (this.#process.connected) this.#process.disconnect();
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(kill);
  }

  #hear(message: MessageFromChild): void {
    const flight = 'flight' in message ? this.#flights.get(message.flight) : undefined;
    if (message.kind === 'pong') this.#heartbeat?.pong();
    else if (message.kind === 'started') flight?.start(this.limits.functionTimeoutMs);
    else if (message.kind === 'yielded' && flight) flight.state = 'yielded';
  }

  #send(message: MessageToChild): void {
    // A channel that closes meanwhile is reported by `gone`.
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
      throw new Error(`The Functions runtime ended while it started (${detail})`);
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

  /** A stalled child cannot be asked. Suspects are noted before their requests break. */
  #kill(): void {
    this.#stall = this.#ending('stalled', `no sign of life for ${this.limits.stallMs / 1000} s`);
    this.#process.kill('SIGKILL');
  }

  /** A Function may go on after its answer: when nothing is in flight, the last one to answer is worth a look. */
  #ending(cause: ChildExit['cause'], detail: string): ChildExit {
    const suspects = suspectsAmong(this.#flights.values());
    const hint = suspects.length === 0 && this.#lastLanded ? `; ${this.#lastLanded} answered last` : '';
    return { cause, detail: detail + hint, suspects };
  }

  async #untilGone(): Promise<ChildExit> {
    const child = this.#process;
    const silent = Promise.all([
      new Promise((resolve) => child.once('disconnect', resolve)),
      new Promise((resolve) => child.stdout?.once('close', resolve)),
      new Promise((resolve) => child.stderr?.once('close', resolve)),
    ]);
    const detail = await new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
      child.once('error', (error) => child.pid === undefined && resolve(error.message));
    });
    // Messages can still be in the channel; whether a request had started decides whether it is sent again.
    await within(graceMs, silent);
    this.#heartbeat?.stop();
    this.agent.destroy();
    return this.#stall ?? this.#ending('exited', detail);
  }
}
