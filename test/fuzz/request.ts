type Pair = readonly [name: string, value: string];

/** A request as a list of parts, so that it can be made smaller part by part. */
export interface FuzzRequest {
  readonly method: string;
  /** Encoded, without the query. */
  readonly path: string;
  readonly query: readonly Pair[];
  /** Without Host and Content-Length unless they are wrong on purpose. */
  readonly headers: readonly Pair[];
  /** The fields of a form, or the body as it is. */
  readonly body: readonly Pair[] | string | null;
}

/** What one case sends on one connection. */
export interface FuzzCase {
  /** What is sent one after another, without waiting for responses. */
  readonly requests: readonly FuzzRequest[];
  /** How the bytes are changed on the way; null if they are valid HTTP. */
  readonly damage: ((bytes: Buffer) => Buffer) | null;
}

/** The bytes that a case sends. @param host of the server, such as `127.0.0.1:4040` */
export function bytesOf({ requests, damage }: FuzzCase, host: string): Buffer {
  const bytes = Buffer.concat(requests.map((request) => Buffer.from(textOf(request, host), 'latin1')));
  return damage ? damage(bytes) : bytes;
}

/** As latin1, so that every character is one byte. */
function textOf(request: FuzzRequest, host: string): string {
  const body = bodyOf(request);
  const headers = [...request.headers];
  const has = (name: string) => headers.some(([each]) => each.toLowerCase() === name);
  if (!has('host')) headers.unshift(['Host', host]);
  if (body !== null && !has('content-length') && !has('transfer-encoding'))
    headers.push(['Content-Length', String(body.length)]);
  const lines = headers.map(([name, value]) => `${name}: ${latin1(value)}`);
  return [`${request.method} ${targetOf(request)} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n');
}

function targetOf({ path, query }: FuzzRequest): string {
  return query.length === 0 ? path : `${path}?${formOf(query)}`;
}

function bodyOf({ body }: FuzzRequest): string | null {
  if (body === null) return null;
  return typeof body === 'string' ? latin1(body) : formOf(body);
}

const formOf = (pairs: readonly Pair[]) =>
  pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');

/** Like encodeURIComponent, which throws for lone surrogates. */
function encoded(text: string): string {
  return latin1(text).replace(
    /[^A-Za-z0-9_.~-]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** The case as a command for a terminal, or its bytes if no client would send it. */
export function replayOf(fuzzCase: FuzzCase, url: string): string {
  const [request] = fuzzCase.requests;
  const { host } = new URL(url);
  if (fuzzCase.damage || fuzzCase.requests.length !== 1 || !request)
    return `echo ${bytesOf(fuzzCase, host).toString('hex')} | xxd -r -p | nc ${host.replace(':', ' ')}`;
  const body = bodyOf(request);
  const parts = [
    'curl -i --path-as-is -X',
    quoted(request.method),
    ...request.headers.flatMap(([name, value]) => ['-H', quoted(`${name}: ${value}`)]),
    ...(body === null ? [] : ['--data-binary', quoted(body)]),
    quoted(url + targetOf(request)),
  ];
  return parts.join(' ');
}

/** For bash, which reads escapes between $' and '. */
function quoted(text: string): string {
  const escaped = text.replace(/[^ -~]|['\\]/g, (character) =>
    [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return escaped === text ? `'${text}'` : `$'${escaped}'`;
}

/** Whether a server can tell where each request ends, so that each has to get a response. */
export function isValid({ requests, damage }: FuzzCase): boolean {
  return damage === null && !requests.some(({ headers }) => isFraming(headers));
}

/** Whether the client itself says wrongly where the request ends, or what it waits for. */
function isFraming(headers: readonly Pair[]): boolean {
  return headers.some(([name]) =>
    ['Content-Length', 'Transfer-Encoding', 'Expect', 'Upgrade'].includes(name),
  );
}
