import type { FastifyInstance } from 'fastify';
import type { VirtualClock } from '../../src/system/virtual-clock';
import type { TaskRouter } from '../../src/taskrouter/taskrouter';
import type { Form } from './simple-workspace';
import { assembleTestTaskRouter, type TestTaskRouterOptions, testAccount } from './start-test-taskrouter';

type Method = 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH' | 'OPTIONS' | 'HEAD';

interface ApiTestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the test is about
  readonly body: any;
}

export const goodCredentials = basic(testAccount.sid, testAccount.authToken);

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The API without a socket: requests are injected, with good credentials unless the test gives its own headers. */
export class ApiBench {
  private constructor(
    readonly api: FastifyInstance,
    readonly taskRouter: TaskRouter,
    readonly clock: VirtualClock,
    readonly close: () => Promise<void>,
  ) {}

  static async start(options: TestTaskRouterOptions = {}): Promise<ApiBench> {
    const { api, taskRouter, clock, close } = await assembleTestTaskRouter(options);
    return new ApiBench(api, taskRouter, clock, close);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<ApiTestResponse> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, form: Form = {}, headers: Record<string, string> = {}): Promise<ApiTestResponse> {
    const values = Object.entries(form).map(([name, value]) => [name, String(value)]);
    return this.send('POST', path, new URLSearchParams(values).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  remove(path: string, headers: Record<string, string> = {}): Promise<ApiTestResponse> {
    return this.send('DELETE', path, undefined, headers);
  }

  async send(
    method: Method,
    path: string,
    payload?: string,
    headers: Record<string, string> = {},
  ): Promise<ApiTestResponse> {
    const response = await this.api.inject({
      method,
      url: path,
      headers: { host: '127.0.0.1:4040', authorization: goodCredentials, ...headers },
      ...(payload !== undefined && { payload }),
    });
    const isJson = /json/.test(String(response.headers['content-type'])) && response.body !== '';
    const body = isJson ? JSON.parse(response.body) : null;
    return { status: response.statusCode, headers: response.headers, text: response.body, body };
  }

  /** Creates something and returns its sid. */
  async create(path: string, form: Form): Promise<string> {
    const { status, body } = await this.post(path, form);
    if (status !== 201) throw new Error(`POST ${path} returned ${status}: ${body?.message}`);
    return body.sid;
  }
}
