import { type Dispatcher, request } from 'undici';
import { basicAuthorization } from '../../common/http-basic';
import { DeploymentFailed } from '../deployment-failed';
import type { Operator } from '../settings/deploy-settings';

/** What a Function answered. */
export interface FunctionResponse {
  readonly status: number;
  /** `{}` when it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** In ms. A Function has 10 s, and its start takes some. */
const patience = 15_000;

/** The Functions where they are, asked over HTTP as their operator. */
export class FunctionsClient {
  /** @param url without a slash at its end, such as `https://taskrouter-lifecycle-1234-dev.twil.io` */
  constructor(
    readonly url: string,
    private readonly operator: Operator | null,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** @throws DeploymentFailed when nobody answers, here and below */
  call(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<FunctionResponse> {
    return this.send(path, parameters, this.authorization());
  }

  /** As a stranger. */
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
        headersTimeout: patience,
        bodyTimeout: patience,
      });
      return { status: statusCode, body: objectIn(await body.text()) };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new DeploymentFailed(`${this.url}${path} does not answer (${code ?? message}).`);
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
