import { isUtf8 } from 'node:buffer';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { InvalidParameter } from '../model/errors';

/** Our choice: more fields than any operation has parameters, each repeated a few times. */
const maxFields = 1000;

/**
 * Reads a `multipart/form-data` body, which `curl -F` and twilio-node 3.0 to 3.39 send. Its fields count like those of a
 * url-encoded form.
 * @param maxBytes the largest value
 * @returns the same form as `application/x-www-form-urlencoded` text
 * @throws InvalidParameter if the body is malformed, or holds a file
 */
export function urlEncodedForm(body: Buffer, contentType: string, maxBytes: number): Promise<string> {
  const pairs: [name: string, value: string][] = [];
  return new Promise((resolve, reject) => {
    const refuse = (message: string) => reject(new InvalidParameter(message));
    const parser = parserOf(contentType, maxBytes);
    parser.on('field', (name: string | undefined, value, isNameTruncated, isValueTruncated) => {
      if (name === undefined) refuse(malformed('a part has no name'));
      else if (isNameTruncated || isValueTruncated) refuse(`The value of ${name} is too long`);
      else pairs.push([name, value]);
    });
    parser.on('file', (name, file, filename) => {
      file.resume();
      refuse(`${name} is a file${filename && ` ('${filename}')`}: send its value as text`);
    });
    parser.on('fieldsLimit', () => refuse(`The form has more than ${maxFields} fields`));
    parser.on('error', (error) => refuse(malformed(messageOf(error))));
    parser.on('finish', () => {
      if (isUtf8(body)) resolve(new URLSearchParams(pairs).toString());
      else refuse(malformed('it is not UTF-8'));
    });
    parser.end(body);
  });
}

function parserOf(contentType: string, maxBytes: number): BusboyInstance {
  const headers = { 'content-type': contentType };
  const limits = { fields: maxFields, fieldSize: maxBytes, files: 1, parts: maxFields + 1, headerPairs: 20 };
  try {
    return new Busboy({ headers, limits });
  } catch (error) {
    throw new InvalidParameter(malformed(messageOf(error)));
  }
}

const malformed = (problem: string) => `Malformed multipart/form-data: ${problem}`;

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message.replace(/^Multipart: /, '') : String(error);
