/** A response as it came over the connection. */
export interface FuzzResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The complete responses in `text`, in order. @param methods of the requests that they respond to */
export function readResponses(text: string, methods: readonly string[], hasEnded: boolean): FuzzResponse[] {
  const found: FuzzResponse[] = [];
  let rest = text;
  for (;;) {
    const next = readResponse(rest, methods[found.length] ?? 'GET', hasEnded);
    if (!next) return found;
    rest = rest.slice(next.length);
    // Such as 100: the response is still to come.
    if (next.response.status >= 200) found.push(next.response);
  }
}

interface Read {
  readonly response: FuzzResponse;
  readonly length: number;
}

function readResponse(text: string, method: string, hasEnded: boolean): Read | null {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3}) /.exec(statusLine)?.[1]);
  if (!status) return null;
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const start = end + 4;
  const body = readBody(text.slice(start), { status, headers, method, hasEnded });
  return body && { response: { status, headers, body: body.text }, length: start + body.length };
}

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly hasEnded: boolean;
}

function readBody(text: string, { status, headers, method, hasEnded }: Head) {
  const hasNone = method === 'HEAD' || status < 200 || status === 204 || status === 304;
  // A stream never ends.
  if (hasNone || headers['content-type']?.startsWith('text/event-stream'))
    return { text: '', length: hasNone ? 0 : text.length };
  if (headers['transfer-encoding'] === 'chunked') return readChunks(text);
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(length)) return hasEnded ? { text, length: text.length } : null;
  return text.length < length ? null : { text: text.slice(0, length), length };
}

function readChunks(text: string) {
  const chunks: string[] = [];
  for (let at = 0; ; ) {
    const end = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, end), 16);
    if (end < 0 || Number.isNaN(size) || text.length < end + size + 4) return null;
    chunks.push(text.slice(end + 2, end + 2 + size));
    at = end + size + 4;
    if (size === 0) return { text: chunks.join(''), length: at };
  }
}

export function describeResponse({ status, headers, body }: FuzzResponse): string {
  return `${status} ${JSON.stringify(headers)}\n${body}`;
}
