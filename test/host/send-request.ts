import { type IncomingHttpHeaders, request } from 'node:http';

interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; throws when it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of any shape
  readonly json: any;
}

interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is sent, dots included; default: the one in the URL. */
  readonly path?: string;
  readonly body?: string | Buffer;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string | string[]>>;
}

/** One request with exactly these headers: unlike fetch, node:http lets a test choose Host and Origin. */
export function sendRequest(
  url: string,
  { method = 'GET', headers = {}, path, body, form }: HttpRequest = {},
): Promise<HttpResponse> {
  const type: Record<string, string> = form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {};
  const content = form ? encodeForm(form) : body;
  const length: Record<string, string> = content
    ? { 'Content-Length': String(Buffer.byteLength(content)) }
    : {};
  const options = { method, headers: { ...type, ...length, ...headers }, agent: false };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, path === undefined ? options : { ...options, path });
    outgoing.once('error', reject);
    outgoing.once('response', async (incoming) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        text,
        get json() {
          return JSON.parse(text);
        },
      });
    });
    outgoing.end(content);
  });
}

function encodeForm(form: NonNullable<HttpRequest['form']>): string {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  return new URLSearchParams(pairs as [string, string][]).toString();
}
