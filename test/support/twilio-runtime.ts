import { dirname, join } from 'node:path';
import type { FunctionContext, FunctionEvent, FunctionHandler } from '../../src/adapter/runtime';
import { operator, operatorAuthorization } from './operator';

/** The response of a Function, as the runtime would send it. */
export interface FunctionResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON responses of every shape.
  readonly body: any;
}

interface RuntimeResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The Response class of the genuine handler; its package exports only the server around it. */
const { Response } = require(
  join(dirname(require.resolve('@twilio/runtime-handler/dev')), 'internal', 'response.js'),
) as { Response: new () => RuntimeResponse };

/** What the Functions of the running test wrote to their log, oldest first. */
export const logged: string[] = [];

/** Callbacks that came after an invocation had ended; afterEach makes the test fail for them. */
const surplus: string[] = [];
const longestWaitMs = 5000;

beforeAll(() => {
  (globalThis as Record<string, unknown>).Twilio = { Response };
});

beforeEach(() => {
  logged.length = 0;
  for (const level of ['debug', 'log', 'warn', 'error'] as const) {
    jest.spyOn(console, level).mockImplementation((...parts: unknown[]) => void logged.push(parts.join(' ')));
  }
});

afterEach(() => {
  const found = surplus.splice(0);
  if (found.length > 0) throw new Error(`The callback was called again: ${found.join('; ')}`);
});

/** Runs a handler as the runtime does, and fails unless it calls back exactly once. */
export async function invoke(
  handler: FunctionHandler,
  { context, event }: { context: FunctionContext; event: FunctionEvent },
): Promise<FunctionResponse> {
  let timer: NodeJS.Timeout | undefined;
  const response = await new Promise<FunctionResponse>((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The Function never called back')), longestWaitMs);
    let calls = 0;
    handler(context, event, (error, payload) => {
      calls += 1;
      if (calls > 1) surplus.push(JSON.stringify(error ?? payload));
      resolve(error ? { status: 500, headers: {}, body: overTheWire(error) } : toResponse(payload));
    });
  }).finally(() => clearTimeout(timer));
  // A second call made in the same breath is seen here, a later one by afterEach.
  await new Promise((resolve) => setImmediate(resolve));
  return response;
}

function toResponse(payload: unknown): FunctionResponse {
  if (!(payload instanceof Response)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: overTheWire(payload) };
  }
  const headers = Object.entries(payload.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    status: payload.statusCode,
    headers: Object.fromEntries(headers),
    body: overTheWire(payload.body),
  };
}

function overTheWire(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** A sid of the right shape, the same for the same arguments. */
export function exampleSid(prefix: string, number = 1): string {
  return `${prefix}${number.toString(16).padStart(32, '0')}`;
}

/** The `Authorization` header of HTTP Basic. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** A context with everything set; `undefined` removes a variable. */
export function functionContext(changes: Record<string, unknown> = {}): FunctionContext {
  return {
    ACCOUNT_SID: exampleSid('AC'),
    AUTH_TOKEN: 'the-auth-token-is-secret',
    WORKSPACE_SID: exampleSid('WS'),
    WORKFLOW_SID: exampleSid('WW'),
    OPERATOR_USERNAME: operator.username,
    OPERATOR_PASSWORD: operator.password,
    ...changes,
  };
}

/** An event with these parameters, sent by the operator unless other headers are given. */
export function functionEvent(
  parameters: Record<string, unknown> = {},
  headers: Record<string, unknown> = { authorization: operatorAuthorization },
): FunctionEvent {
  return { request: { headers, cookies: {} }, ...parameters };
}
