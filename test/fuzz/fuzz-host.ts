import path from 'node:path';
import urls from '../../scripts/urls.json';
import { basicAuthorization } from '../../src/common/http-basic';
import { findFunctionsProject } from '../../src/host/build/functions-project';
import { type Local, startLocal } from '../../src/local/start-local';
import { Random } from '../simulation/random';
import { emptyEnvironmentFile, projectRoot } from '../support/taskrouter-process';
import { type ErrorFormat, functionErrors } from './error-formats';
import { exchange } from './exchange';
import type { FuzzOptions, FuzzResult } from './fuzz';
import { Mutations } from './mutations';
import { faultIn, type Observation } from './oracles';
import { ParameterValues } from './parameter-values';
import { randomDamage } from './random-damage';
import { bytesOf, type FuzzCase, type FuzzRequest, isValid, replayOf } from './request';
import { smallest } from './smaller-cases';

const paths = [...Object.keys(urls.functions), ...Object.keys(urls.assets), '/', '/nothing'];
/** With the parameters of the REST API whose values suit them. */
const parameters: Readonly<Record<string, string>> = {
  attributes: 'Attributes',
  selected_language: 'FriendlyName',
  priority: 'Priority',
  timeout: 'Timeout',
  task_channel: 'TaskChannel',
  workflow_sid: 'WorkflowSid',
  task_sid: 'TaskSid',
  reservation_sid: 'ReservationSid',
  worker: 'WorkerSid',
  activity: 'ActivitySid',
  reason: 'FriendlyName',
  reject_pending_reservations: 'RejectPendingReservations',
  request: 'Attributes',
};
const maxMs = 15_000;

export interface HostFuzzOptions extends Pick<FuzzOptions, 'seed' | 'cases'> {
  /** Of the errors of the Functions and their host; a test expects another one. */
  readonly format?: ErrorFormat;
}

/** Sends random requests to the Functions host with all Functions, until the first fault. It needs the build. */
export async function fuzzHost({
  seed,
  cases,
  format = functionErrors,
}: HostFuzzOptions): Promise<FuzzResult> {
  const log: Log = { lines: [], errors: [] };
  const local = await start(log);
  try {
    return await new HostRun(local, log, seed, format).run(cases);
  } finally {
    await local.close();
  }
}

interface Log {
  lines: string[];
  errors: string[];
}

function start(log: Log): Promise<Local> {
  const lines = (...texts: unknown[]) =>
    void log.lines.push(texts.map((text) => JSON.stringify(text)).join());
  return startLocal({
    packageRoot: projectRoot,
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    dataDirectory: null,
    workspaceFile: path.join(projectRoot, 'workspace.json'),
    environmentFile: emptyEnvironmentFile,
    operatorAuth: true,
    functions: findFunctionsProject(projectRoot),
    watch: false,
    config: { accountSid: undefined, authToken: undefined },
    hostLog: (entry) => lines(entry),
    apiLog: { warn: lines, error: (_details, message) => void log.errors.push(message) },
    onFailure: (failure) => void log.errors.push(String(failure.stack)),
  });
}

class HostRun {
  private readonly random: Random;
  private readonly mutations: Mutations;
  private readonly values: ParameterValues;
  private readonly url: string;
  private readonly statuses: Record<number, number> = {};

  constructor(
    private readonly local: Local,
    private readonly log: Log,
    private readonly seed: number,
    private readonly format: ErrorFormat,
  ) {
    this.random = new Random(seed, 3);
    this.mutations = new Mutations(this.random);
    this.values = new ParameterValues(local.service.taskRouter.view, this.random);
    this.url = local.host?.url ?? '';
  }

  async run(cases: number): Promise<FuzzResult> {
    let finding: FuzzResult['finding'] = null;
    let done = 0;
    for (; done < cases && !finding; done += 1) finding = await this.one(this.next());
    return { cases: done, statuses: this.statuses, maxDelayMs: 0, finding };
  }

  private next(): FuzzCase {
    const { random } = this;
    return {
      requests: [this.mutations.mutated(this.request())],
      damage: random.once(8) ? randomDamage(random) : null,
    };
  }

  private request(): FuzzRequest {
    const { random, values } = this;
    const { username, password } = this.local.credentials.operator;
    values.isCareful = random.once(2);
    const pairs = Object.entries(parameters)
      .filter(() => random.once(5))
      .map(([name, like]) => [name, values.valueOf(like)] as const);
    const isPost = random.once(2);
    return {
      method: isPost ? 'POST' : 'GET',
      path: random.of(paths),
      query: isPost ? [] : pairs,
      headers: [
        ['Authorization', random.once(20) ? 'Basic x' : basicAuthorization(username, password)],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      body: isPost ? pairs : null,
    };
  }

  private async one(fuzzCase: FuzzCase): Promise<FuzzResult['finding']> {
    const fault = faultIn(await this.observe(fuzzCase));
    if (!fault) return null;
    const isSame = async (smaller: FuzzCase) => faultIn(await this.observe(smaller))?.rule === fault.rule;
    const replay = replayOf(await smallest(fuzzCase, isSame), this.url);
    return { ...fault, replay: `${replay}\nThe Functions host, seed ${this.seed}` };
  }

  private async observe(fuzzCase: FuzzCase): Promise<Observation> {
    const { host, port } = new URL(this.url);
    const methods = fuzzCase.requests.map(({ method }) => method);
    const isValidHttp = isValid(fuzzCase);
    const { authToken, apiKey, operator } = this.local.credentials;
    const started = process.cpuUsage();
    const exchanged = await exchange(Number(port), bytesOf(fuzzCase, host), methods, maxMs, isValidHttp);
    const { user } = process.cpuUsage(started);
    for (const { status } of exchanged.responses) this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    const { lines, errors } = this.log;
    Object.assign(this.log, { lines: [], errors: [] });
    return {
      ...exchanged,
      methods,
      isValidHttp,
      processorMs: user / 1000,
      log: { lines, errors },
      // Callbacks change the state at any time.
      hasChanged: false,
      format: this.format,
      secrets: [authToken, apiKey.secret, operator.password],
    };
  }
}
