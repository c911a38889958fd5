import { InvalidParameter } from '../model/errors';

/** Names and values in the order they were sent; a name may come several times. */
export type Form = ReadonlyMap<string, readonly string[]>;

/**
 * Parses `application/x-www-form-urlencoded` text: a body, or a query string.
 * @throws InvalidParameter when an escape does not stand for UTF-8 text; guessing would change what the client meant.
 */
export function parseForm(text: string): Form {
  const form = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    const values = form.get(name);
    if (values) values.push(value);
    else form.set(name, [value]);
  }
  return form;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new InvalidParameter(`Malformed form: '${text.slice(0, 80)}' is not percent-encoded UTF-8`);
  }
}

/** The query string of a request's URL; empty without one. */
export function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}
