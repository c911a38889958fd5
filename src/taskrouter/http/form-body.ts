import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InvalidParameter } from '../model/errors';
import { type Form, parseForm } from './form';
import { urlEncodedForm } from './multipart';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the body cannot be read. It is thrown when the body is read, after the path is looked up. */
    bodyError: Error | null;
  }
}

export const formType = 'application/x-www-form-urlencoded';
const multipartType = 'multipart/form-data';

/** Keeps every body as text, a multipart form as url-encoded text. */
export function keepBodiesAsText(app: FastifyInstance, maxBytes: number): void {
  app.decorateRequest('bodyError', null);
  app.removeAllContentTypeParsers();
  // Named besides `*`, because Fastify looks up a named type at once.
  app.addContentTypeParser([formType, '*'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser(
    /^multipart\/form-data\b/i,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      try {
        return await urlEncodedForm(body, request.headers['content-type'] ?? '', maxBytes);
      } catch (error) {
        request.bodyError = error as Error;
        return '';
      }
    },
  );
}

/** The form in the body. @throws InvalidParameter if it is malformed, or of another type */
export function readForm(request: FastifyRequest): Form {
  return parseForm(bodyText(request, [formType, multipartType]));
}

/** The body, empty if there is none. @throws InvalidParameter unless it is of one of these types, the first preferred */
export function bodyText(request: FastifyRequest, types: readonly string[]): string {
  const { body, bodyError, headers } = request;
  if (typeof body !== 'string' || (body === '' && !bodyError)) return '';
  const sent = headers['content-type'] ?? '';
  const [type = ''] = sent.split(';');
  if (!types.includes(type.trim().toLowerCase()))
    throw new InvalidParameter(`Content-Type '${sent}' is not understood: send ${types[0]}`);
  if (bodyError) throw bodyError;
  return body;
}
