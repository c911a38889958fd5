import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { basicAuthorization } from '../../common/http-basic';
import { DeploymentFailed } from '../deployment-failed';
import type { Operator } from '../settings/deploy-settings';

/** The response of a Function. */
export interface FunctionResponse {
  readonly status: number;
  /** `{}` when the body is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A Function may run for 10 s and needs time to start. */
const timeoutMs = 15_000;

/** Calls deployed Functions over HTTP as the operator. */
export class FunctionsClient {
  /** @param url without a trailing slash, such as `https://taskrouter-lifecycle-1234-dev.twil.io` */
  constructor(
    readonly url: string,
    private readonly operator: Operator | null,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** @throws DeploymentFailed when there is no response, as below */
  call(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<FunctionResponse> {
    return this.send(path, parameters, this.authorization());
  }

  /** Without a signature or credentials. */
  callUnsigned(path: string): Promise<FunctionResponse> {
    return this.send(path, {}, {});
  }

  close(): Promise<void> {
    return this.dispatcher.close();
  }

  private authorization(): Record<string, string> {
    if (this.operator === null) return {};
    const { username, password } = this.operator;
    return { authorization: basicAuthorization(username, password) };
  }

  private async send(
    path: string,
    parameters: Readonly<Record<string, string>>,
    headers: Record<string, string>,
  ): Promise<FunctionResponse> {
    try {
      const { statusCode, body } = await request(`${this.url}${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(parameters).toString(),
        dispatcher: this.dispatcher,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      return { status: statusCode, body: objectIn(await body.text()) };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new DeploymentFailed(`${this.url}${path} does not respond (${code ?? message}).`);
    }
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Never reached through a proxy. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Sends requests through the proxy that the environment names, as the Twilio client does. */
export function dispatcherFor(environment: NodeJS.ProcessEnv): Dispatcher {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name];
  const httpProxy = read('HTTP_PROXY') ?? '';
  return new EnvHttpProxyAgent({
    httpProxy,
    httpsProxy: read('HTTPS_PROXY') ?? httpProxy,
    noProxy: [...loopbackNames, read('NO_PROXY') ?? ''].join(','),
  });
}
