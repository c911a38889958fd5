import { basicAuthorization } from '../../src/common/http-basic';
import { parametersOfOperation } from '../../src/taskrouter/api/operation-parameters';
import { operations } from '../../src/taskrouter/api/operations';
import type { View } from '../../src/taskrouter/engine/state/view';
import type { Random } from '../simulation/random';
import { hostileValue } from './hostile-values';
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
const methods = [
  'GET',
  'POST',
  'DELETE',
  'PUT',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'get',
];

const hostileHeaders: readonly (readonly [string, readonly string[]])[] = [
  [
    'If-Match',
    ['*', '"0"', '0', 'W/"1"', '"0", "1"', '""', '"', ',', 'x'.repeat(5000), 'ü', '"9999999999999999"'],
  ],
  ['If-None-Match', ['*', '"0"']],
  ['If-Unmodified-Since', ['Sat, 31 Jan 2026 12:00:00 GMT', 'x']],
  ['Range', ['bytes=0-0', 'bytes=9-1', 'bytes=999999999-', 'x']],
  [
    'Host',
    ['evil.example', 'localhost', '', 'taskrouter.twilio.com', '127.0.0.1.evil.example', '[::1', 'a b'],
  ],
  ['Origin', ['null', 'http://evil.example', 'http://127.0.0.1', '']],
  ['Referer', ['http://evil.example/x', 'x']],
  ['Sec-Fetch-Site', ['cross-site', 'same-origin', 'same-site', 'none', 'x']],
  [
    'Content-Type',
    ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'multipart/form-data', '', '/'],
  ],
  ['Content-Encoding', ['gzip', 'br', 'x']],
  ['Content-Length', ['0', '1', '99999', '-1', '1e3', '9999999999999', 'x']],
  ['Transfer-Encoding', ['chunked', 'gzip', 'identity', 'chunked, chunked']],
  ['Expect', ['100-continue', '200-ok']],
  ['Accept', ['text/html', 'x/y;q=2']],
  ['Connection', ['close', 'Upgrade', 'x']],
  ['Upgrade', ['websocket', 'h2c']],
  ['X-HTTP-Method-Override', ['DELETE']],
  ['X-Forwarded-Host', ['evil.example']],
  ['Cookie', ['a=b', 'x'.repeat(9000)]],
  ['X-Long', ['x'.repeat(15_000), 'x'.repeat(17_000)]],
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

  constructor(
    private readonly view: View,
    private readonly account: Account,
    private readonly random: Random,
  ) {
    this.values = new ParameterValues(view, random);
  }

  next(): FuzzCase {
    const { random } = this;
    const kind = random.weighted({ one: 80, pipelined: 4, damaged: 12 });
    if (kind === 'pipelined')
      return { requests: Array.from({ length: random.integer(2, 5) }, () => this.operation()), damage: null };
    return {
      requests: [this.mutated(random.once(8) ? this.control() : this.operation())],
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

  private mutated(request: FuzzRequest): FuzzRequest {
    const { random } = this;
    const kind = random.weighted({ nothing: 60, method: 4, path: 5, header: 15, body: 5, noHeaders: 1 });
    const mutations: Record<typeof kind, () => Partial<FuzzRequest>> = {
      nothing: () => ({}),
      method: () => ({ method: random.of(methods) }),
      path: () => ({ path: this.mutatedPath(request.path) }),
      header: () => ({ headers: [...request.headers, ...this.hostileHeaders()] }),
      body: () => ({ body: this.hostileBody() }),
      noHeaders: () => ({ headers: [] }),
    };
    return { ...request, ...mutations[kind]() };
  }

  private mutatedPath(path: string): string {
    const { random } = this;
    return random.of([
      `/${path}`,
      `${path}/`,
      `${path}//`,
      path.toLowerCase(),
      path.replace('v1', 'v2'),
      `${path}/%00`,
      `${path}/%`,
      `${path}/%2e%2e/%2e%2e`,
      `${path}/${'x'.repeat(random.of([200, 5000, 20_000]))}`,
      `${path};a=b`,
      `${path}.json`,
      `${path}?`,
      `${path}?%=%&&=&a`,
      `http://evil.example${path}`,
      path.replaceAll('/', '%2f'),
      '*',
      `/${encodeURIComponent('🦜')}`,
    ]);
  }

  private hostileHeaders(): (readonly [string, string])[] {
    return Array.from({ length: this.random.integer(1, 3) }, () => {
      const [name, values] = this.random.of(hostileHeaders);
      return [name, this.random.of(values)] as const;
    });
  }

  private hostileBody(): string {
    const { random } = this;
    return random.of([
      '',
      '=',
      '&&&',
      'Attributes=%',
      'Attributes=%ff%fe',
      'FriendlyName=a%00b',
      `FriendlyName=${'x'.repeat(200_000)}`,
      'a=1&'.repeat(20_000),
      '{"Attributes":{}}',
      '--x\r\nContent-Disposition: form-data; name="FriendlyName"\r\n\r\nA\r\n--x--\r\n',
      '--x\r\nContent-Disposition: form-data; name="Attributes"; filename="x"\r\n\r\n',
      '\0\x01\x02',
      hostileValue(random),
    ]);
  }
}
