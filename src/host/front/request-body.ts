import type { IncomingMessage } from 'node:http';
import { maximumBodyBytes } from '../shared/options';
import type { HostResponse } from '../shared/responses';

/** A request's body, read once: by the host, for the signature and for the Function. */
export interface RequestBody {
  readonly bytes: Buffer;
  readonly format: 'form' | 'json' | 'other';
  /** What a Function finds in its event; empty when the body is neither form nor JSON, as on the platform. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Past this many bytes a body that is too large is not even read to its end. */
const patienceBytes = 16 * maximumBodyBytes;

/**
 * @returns the body, or the answer for one that cannot be taken
 * @throws Error when the client goes away before its body is complete
 */
export async function readBody(request: IncomingMessage): Promise<RequestBody | HostResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Read to the end even when it is too much already: a client that is still sending would miss the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maximumBodyBytes) chunks.push(chunk);
    else if (length > patienceBytes) break;
  }
  return length > maximumBodyBytes ? tooLarge : parseBody(Buffer.concat(chunks), request);
}

export function isHostResponse(body: RequestBody | HostResponse): body is HostResponse {
  return 'status' in body;
}

function parseBody(bytes: Buffer, { headers, method }: IncomingMessage): RequestBody | HostResponse {
  if (bytes.length === 0) return { bytes, format: 'other', parameters: {} };
  if (method === 'GET' || method === 'HEAD') return notAllowed;
  const format = formatOf(headers['content-type']);
  if (format === 'other') return { bytes, format, parameters: {} };
  const charset = /;\s*charset="?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!/^utf-?8$/i.test(charset) || encoding !== 'identity') return notUtf8;
  if (format === 'form') return { bytes, format, parameters: parseForm(bytes.toString()) };
  return parseJson(bytes);
}

/** All parameters, however many: the signature covers each of them. One that is repeated becomes a list. */
function parseForm(text: string): Record<string, string | string[]> {
  const parameters: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const known = parameters[name];
    if (Array.isArray(known)) known.push(value);
    else parameters[name] = known === undefined ? value : [known, value];
  }
  return parameters;
}

function parseJson(bytes: Buffer): RequestBody | HostResponse {
  try {
    const parameters = JSON.parse(bytes.toString());
    if (typeof parameters === 'object' && parameters !== null) return { bytes, format: 'json', parameters };
  } catch {}
  return notJson;
}

function formatOf(contentType: string | undefined): RequestBody['format'] {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return 'form';
  return type === 'application/json' ? 'json' : 'other';
}

const tooLarge: HostResponse = {
  status: 413,
  code: 'body_too_large',
  message: 'A request body may have at most 1 MB.',
  headers: { Connection: 'close' },
};

const notAllowed: HostResponse = {
  status: 403,
  code: 'body_not_allowed',
  message: 'A GET request may not have a body; send it with POST, or as query parameters.',
};

const notUtf8: HostResponse = {
  status: 415,
  code: 'unsupported_body',
  message: 'A body must be UTF-8 and uncompressed.',
};

const notJson: HostResponse = {
  status: 400,
  code: 'malformed_json',
  message: 'The body is announced as application/json and is not a JSON object.',
};
