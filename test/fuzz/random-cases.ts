import { basicAuthorization } from '../../src/common/http-basic';
import { parametersOfOperation } from '../../src/taskrouter/api/operation-parameters';
import { operations } from '../../src/taskrouter/api/operations';
import type { View } from '../../src/taskrouter/engine/state/view';
import type { Random } from '../simulation/random';
import { Mutations } from './mutations';
import { ParameterValues } from './parameter-values';
import { randomDamage } from './random-damage';
import type { FuzzCase, FuzzRequest } from './request';

export interface Account {
  readonly sid: string;
  readonly authToken: string;
}

const controlPaths = [
  '/',
  '/inspector',
  '/favicon.ico',
  '/healthz',
  '/readyz',
  '/metrics',
  '/v1',
  '/_taskrouter/state',
  '/_taskrouter/requests',
  '/_taskrouter/callbacks',
  '/_taskrouter/callbacks/1',
  '/_taskrouter/callbacks/3/replay',
  '/_taskrouter/callbacks/x/replay',
  '/_taskrouter/alerts',
  '/_taskrouter/clock',
  '/_taskrouter/stream',
  '/_taskrouter/reset',
  '/_taskrouter/../v1/Workspaces',
];
const controlParameters = [
  'task_sid',
  'worker_sid',
  'kind',
  'outcome',
  'limit',
  'since',
  'after',
  'body',
  'url',
];
/** Without those that leave nothing for the others. */
const lastingOperations = operations.filter(({ name }) => name !== 'DeleteWorkspace');

/** What makes work for the others. */
const commonOperations = operations.filter(({ name }) =>
  ['CreateTask', 'UpdateTask', 'UpdateTaskReservation', 'UpdateWorker'].includes(name),
);

/** Many operations need these. */
const isRequired = (name: string) => /^(FriendlyName|UniqueName|Configuration)$/.test(name);

const pathPart = (text: string) => encodeURIComponent(Buffer.from(text).toString()).slice(0, 600);

/** Makes one case after another for a service in this state. */
export class RandomCases {
  private readonly values: ParameterValues;
  private readonly mutations: Mutations;

  constructor(
    private readonly view: View,
    private readonly account: Account,
    private readonly random: Random,
  ) {
    this.values = new ParameterValues(view, random);
    this.mutations = new Mutations(random);
  }

  next(): FuzzCase {
    const { random } = this;
    const kind = random.weighted({ one: 80, pipelined: 4, damaged: 12 });
    if (kind === 'pipelined')
      return { requests: Array.from({ length: random.integer(2, 5) }, () => this.operation()), damage: null };
    return {
      requests: [this.mutations.mutated(random.once(8) ? this.control() : this.operation())],
      damage: kind === 'damaged' ? randomDamage(random) : null,
    };
  }

  private operation(): FuzzRequest {
    const { random } = this;
    const { method, path, name } = random.of(this.operations());
    this.values.isCareful = random.once(2);
    const parts = this.parts(path);
    const parameters = parametersOfOperation(name)
      .filter((each) => random.once(isRequired(each) ? 1 : 4))
      .map((each) => [each, this.values.valueOf(each, parts.workspaces)] as const);
    // One parameter comes twice from time to time.
    if (random.once(10)) parameters.push(...parameters.slice(0, 1));
    return {
      method,
      path: path.replace(/:(\w+)/g, (_, table: string) => pathPart(parts[table] ?? '')),
      query: method === 'GET' ? parameters : [],
      headers: [
        ['Authorization', this.authorization()],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      body: method === 'POST' ? parameters : null,
    };
  }

  private operations() {
    if (this.random.once(40)) return operations;
    return this.random.once(3) ? commonOperations : lastingOperations;
  }

  /** Values for the parameters of a path, which mostly belong together. */
  private parts(path: string): Record<string, string> {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const parts: Record<string, string> = {};
    const { random, view } = this;
    const reservation = names.includes('reservations') ? random.maybeOf(view.all('reservations')) : undefined;
    if (reservation)
      Object.assign(parts, {
        workspaces: reservation.workspaceSid,
        reservations: reservation.sid,
        tasks: reservation.taskSid,
        workers: reservation.workerSid,
      });
    for (const name of names)
      if (!(name in parts) || random.once(30)) parts[name] = this.values.sid(name, parts.workspaces);
    return parts;
  }

  private control(): FuzzRequest {
    const { random } = this;
    const names = controlParameters.filter(() => random.once(4));
    const query = names.map((name) => [name, this.values.valueOf(name)] as const);
    return {
      method: random.of(['GET', 'GET', 'POST']),
      path: random.of(controlPaths),
      query,
      headers: [['Authorization', this.authorization()]],
      body: random.once(3) ? query : null,
    };
  }

  private authorization(): string {
    const { sid, authToken } = this.account;
    if (!this.random.once(25)) return basicAuthorization(sid, authToken);
    return this.random.of([
      basicAuthorization(sid, 'wrong'),
      basicAuthorization('', ''),
      'Basic',
      'Basic ====',
      `Basic ${'QUJD'.repeat(1000)}`,
      'Bearer x',
      'Digest username="x"',
    ]);
  }
}
