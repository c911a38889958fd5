import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { listening } from './listening';

/** A request that the server got. Its signature was valid. */
export interface ServedRequest {
  readonly method: string;
  readonly path: string;
  /** Of the query and the form. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface ServedResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** TwiML, or any response; undefined for 404. */
export type Serve = (
  request: ServedRequest,
) => string | ServedResponse | undefined | Promise<string | ServedResponse | undefined>;

/** An application on this computer that checks each request with Twilio's own validator. */
export class TwimlServer {
  readonly requests: ServedRequest[] = [];
  /** Requests that the validator refused. */
  readonly forged: string[] = [];
  private readonly server: Server;
  url = '';

  constructor(
    private readonly authToken: string,
    private serve: Serve,
  ) {
    this.server = createServer(async (request, response) => {
      const form = Object.fromEntries(new URLSearchParams(await text(request)));
      const url = `${this.url}${request.url}`;
      const signature = String(request.headers['x-twilio-signature']);
      if (!validateRequest(this.authToken, signature, url, form))
        this.forged.push(`${request.method} ${url}`);
      const { pathname, searchParams } = new URL(url);
      const parameters = { ...Object.fromEntries(searchParams), ...form };
      const served = { method: String(request.method), path: pathname, parameters };
      this.requests.push(served);
      const found = (await this.serve(served)) ?? { status: 404 };
      const { status = 200, headers = {}, body = '' } = typeof found === 'string' ? twiml(found) : found;
      response.writeHead(status, headers).end(body);
    });
  }

  async listen(): Promise<void> {
    this.url = `http://127.0.0.1:${await listening(this.server)}`;
  }

  /** From now on it serves this. */
  will(serve: Serve): void {
    this.serve = serve;
    this.requests.length = 0;
  }

  get paths(): string[] {
    return this.requests.map(({ path }) => path);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}

const twiml = (verbs: string): ServedResponse => ({
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`,
});
