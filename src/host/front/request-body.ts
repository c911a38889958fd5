import type { IncomingMessage } from 'node:http';
import { isDeeperThan } from '../../common/json-depth';
import { isTooLarge } from '../../system/connection-guard';
import { maxBodyBytes } from '../shared/options';
import type { HostResponse } from '../shared/responses';

/** A request's body. The host reads it once, for the signature and for the Function. */
export interface RequestBody {
  readonly bytes: Buffer;
  readonly format: 'form' | 'json' | 'other';
  /** What the Function finds in its event; empty when the body is neither form nor JSON, as on the platform. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * @returns the body, or the response that rejects it
 * @throws Error when the client disconnects before its body is complete
 */
export async function readBody(request: IncomingMessage): Promise<RequestBody | HostResponse> {
  if (isTooLarge(request, maxBodyBytes)) return bodyTooLarge;
  const bytes = await readBytes(request, maxBodyBytes);
  return bytes === null ? bodyTooLarge : parseBody(bytes, request);
}

/** Null once there are more bytes. Not `for await`: it closes the connection when it stops, and the client needs a response. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= maxBytes) return;
      request.off('data', read).pause();
      resolve(null);
    };
    request.on('data', read);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client has disconnected')));
  });
}

export function isHostResponse(body: RequestBody | HostResponse): body is HostResponse {
  return 'status' in body;
}

function parseBody(bytes: Buffer, { headers, method }: IncomingMessage): RequestBody | HostResponse {
  if (bytes.length === 0) return { bytes, format: 'other', parameters: {} };
  if (method === 'GET' || method === 'HEAD') return bodyNotAllowed;
  const format = formatOf(headers['content-type']);
  if (format === 'other') return { bytes, format, parameters: {} };
  const charset = /;\s*charset="?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!/^utf-?8$/i.test(charset) || encoding !== 'identity') return unsupportedBody;
  if (format === 'form') return { bytes, format, parameters: parseForm(bytes.toString()) };
  return parseJson(bytes);
}

/** All parameters, however many: the signature covers each of them. A repeated one becomes a list. */
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
  const text = bytes.toString();
  if (isDeeperThan(maxJsonDepth, text)) return deepJson;
  try {
    const parameters = JSON.parse(text);
    if (typeof parameters === 'object' && parameters !== null) return { bytes, format: 'json', parameters };
  } catch {}
  return malformedJson;
}

function formatOf(contentType: string | undefined): RequestBody['format'] {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return 'form';
  return type === 'application/json' ? 'json' : 'other';
}

const bodyTooLarge: HostResponse = {
  status: 413,
  code: 'body_too_large',
  message: 'The request body exceeds the limit of 1 MB.',
};

const bodyNotAllowed: HostResponse = {
  status: 403,
  code: 'body_not_allowed',
  message: 'A GET request cannot have a body. Use POST, or query parameters.',
};

const unsupportedBody: HostResponse = {
  status: 415,
  code: 'unsupported_body',
  message: 'The request body must be UTF-8 and uncompressed.',
};

/** Our choice: far more than any program sends, and far less than what fills the call stack of a Function. */
const maxJsonDepth = 1000;

const deepJson: HostResponse = {
  status: 400,
  code: 'malformed_json',
  message: `The JSON of the body is nested more than ${maxJsonDepth.toLocaleString('en-US')} levels deep.`,
};

const malformedJson: HostResponse = {
  status: 400,
  code: 'malformed_json',
  message: 'The Content-Type is application/json, but the body is not a JSON object.',
};
