import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';

/** What the Functions respond. */
interface Responses {
  build: string | null;
  lifecycleStatus: number;
  /** With which they check signatures; null to accept any. */
  authToken: string | null;
  configurationErrors: readonly string[];
}

/** A server that responds as the Functions of this project do, or as a test wants. */
export class FunctionsDouble implements Responses {
  build: string | null = null;
  lifecycleStatus = 200;
  authToken: string | null = null;
  configurationErrors: readonly string[] = [];
  /** The requests so far, as `POST /lifecycle`. */
  readonly requests: string[] = [];
  private readonly server: Server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const [status, body] = this.respond(request, form);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  set(responses: Partial<Responses>): void {
    Object.assign(this, responses);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private respond({ method, url, headers }: IncomingMessage, form: Record<string, string>): [number, object] {
    this.requests.push(`${method} ${url}`);
    if (method === 'OPTIONS') return [200, {}];
    const { build, configurationErrors, lifecycleStatus } = this;
    if (url === '/lifecycle') return [lifecycleStatus, { build, configuration_errors: configurationErrors }];
    const { authToken } = this;
    const signature = String(headers['x-twilio-signature']);
    const accepts = authToken === null || validateRequest(authToken, signature, `${this.url}${url}`, form);
    return [accepts ? 200 : 403, {}];
  }
}
