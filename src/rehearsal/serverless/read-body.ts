import { invalid } from './errors';
import type { ServerlessRequest } from './request';

/**
 * Reads a body: a form, or multipart with one file called Content. The platform of Node itself parses multipart.
 * @throws ServerlessError for any other kind, and for one that cannot be read
 */
export async function readBody(
  body: unknown,
  contentType: string,
): Promise<{ readonly pairs: Iterable<[string, string]>; readonly upload: ServerlessRequest['upload'] }> {
  if (!Buffer.isBuffer(body) || body.length === 0) return { pairs: [], upload: null };
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded')
    return { pairs: new URLSearchParams(body.toString()), upload: null };
  if (type === 'multipart/form-data') return readMultipart(body, contentType);
  throw invalid(`Content-Type '${contentType}' is not understood`);
}

async function readMultipart(body: Buffer, contentType: string) {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw invalid('The multipart/form-data cannot be read');
    });
  const pairs: [string, string][] = [];
  let upload: ServerlessRequest['upload'] = null;
  for (const [name, value] of form) {
    if (typeof value === 'string') pairs.push([name, value]);
    else if (name === 'Content')
      upload = { content: Buffer.from(await value.arrayBuffer()), contentType: value.type };
  }
  return { pairs, upload };
}
