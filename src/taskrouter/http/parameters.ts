import { isDeeperThan } from '../../common/json-depth';
import { limits } from '../../common/limits';
import type { Attributes } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import { compactJson } from '../model/json-text';
import { isSid } from '../model/sids';
import { readDate } from './dates';
import type { Form } from './form';

/**
 * Reads the parameters of one request. Names are case-sensitive. Unknown names are ignored. If a name is sent more than
 * once, the last value counts (our choice). Every reader returns undefined for a parameter that was not sent. For a value
 * that it cannot read, it throws InvalidParameter, which names the parameter and the expected values.
 *
 * An empty value counts as not sent (our choice; programs in production send `ReservationActivitySid=`). An update that
 * can clear a value calls `cleared`.
 */
export class Parameters {
  readonly #form: Form;
  readonly #known: readonly string[] | null;

  /** @param known the names that may be read; null for any. Reading another name is a programming error. */
  constructor(form: Form, known: readonly string[] | null = null) {
    this.#form = form;
    this.#known = known;
  }

  /** Whether the parameter has a value. */
  has(name: string): boolean {
    return this.text(name) !== undefined;
  }

  text(name: string): string | undefined {
    return this.#values(name).at(-1) || undefined;
  }

  /** All values of a repeated parameter except empty ones. */
  all(name: string): readonly string[] {
    return this.#values(name).filter((value) => value !== '');
  }

  /** The empty string if the parameter was sent empty: an update then clears the value. */
  cleared(name: string): '' | undefined {
    return this.#values(name).at(-1) === '' ? '' : undefined;
  }

  #values(name: string): readonly string[] {
    if (this.#known && !this.#known.includes(name))
      throw new Error(`${name} is not in the operation's list of parameters (operation-parameters.ts)`);
    return this.#form.get(name) ?? [];
  }

  /** @throws InvalidParameter when it is missing or empty. */
  required(name: string): string {
    const value = this.text(name);
    if (!value) throw InvalidParameter.missing(name);
    return value;
  }

  /** All values of a repeated parameter, each of which can also be a comma-separated list. */
  list(name: string): readonly string[] | undefined {
    const items = this.all(name).flatMap((value) => value.split(','));
    const trimmed = items.map((item) => item.trim());
    return trimmed.some((item) => item !== '') ? trimmed : undefined;
  }

  integer(name: string): number | undefined {
    return this.#read(
      name,
      (value) => (/^[+-]?\d{1,15}$/.test(value) ? Number(value) : undefined),
      'a whole number',
    );
  }

  /** `true` or `false`, case-insensitive. */
  boolean(name: string): boolean | undefined {
    return this.#read(name, (value) => booleans.get(value.toLowerCase()), 'true or false');
  }

  /**
   * Flags that Twilio documents as strings: true, 1 and yes are true, anything else is false.
   * Source: https://www.twilio.com/docs/taskrouter/api/activity
   */
  flag(name: string): boolean | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : ['true', '1', 'yes'].includes(value.toLowerCase());
  }

  /** Unix milliseconds. */
  date(name: string): number | undefined {
    return this.#read(name, readDate, 'a date such as 2026-01-31T12:00:00Z');
  }

  /** A SID with one of these prefixes. */
  sid(name: string, ...prefixes: readonly string[]): string | undefined {
    const value = this.text(name);
    if (value === undefined || prefixes.some((prefix) => isSid(prefix, value))) return value;
    throw InvalidParameter.badSid(name, value);
  }

  /** @throws InvalidParameter when it is missing, empty, or has another form. */
  requiredSid(name: string, ...prefixes: readonly string[]): string {
    return this.sid(name, ...prefixes) || this.required(name);
  }

  url(name: string): string | undefined {
    return this.#read(name, (value) => (isWebUrl(value) ? value : undefined), 'an http or https URL');
  }

  /** One of these words, matched case-insensitively and returned as spelled here. */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    return this.#read(name, (value) => wordOf(value, words), `one of ${words.join(', ')}`);
  }

  /** Several of these words. */
  someOf<Word extends string>(name: string, words: readonly Word[]): readonly Word[] | undefined {
    return this.list(name)?.map(
      (value) => wordOf(value, words) ?? refuse(name, value, `one of ${words.join(', ')}`),
    );
  }

  /** A JSON object of at most 4,096 characters, not counting whitespace outside its strings. */
  attributes(name: string): Attributes | undefined {
    const sent = this.text(name);
    if (sent === undefined) return undefined;
    checkLength(name, sent, limits.sentAttributesCharacters);
    const value = parseObject(name, sent);
    const text = compactJson(sent);
    checkLength(name, text, limits.attributesCharacters);
    return { text, value };
  }

  /** Any JSON value, without its whitespace. */
  json(name: string): string | undefined {
    const sent = this.text(name);
    if (sent === undefined) return undefined;
    parseJson(name, sent);
    return compactJson(sent);
  }

  #read<Value>(
    name: string,
    reader: (value: string) => Value | undefined,
    expected: string,
  ): Value | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : (reader(value) ?? refuse(name, value, expected));
  }
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

function refuse(name: string, value: string, expected: string): never {
  throw new InvalidParameter(`Value '${value}' provided for ${name} is not ${expected}`);
}

function wordOf<Word extends string>(value: string, words: readonly Word[]): Word | undefined {
  return words.find((word) => word.toLowerCase() === value.toLowerCase());
}

function isWebUrl(value: string): boolean {
  return /^https?:\/\/[^/]/i.test(value) && URL.canParse(value);
}

function checkLength(name: string, { length }: string, max: number): void {
  if (length > max) throw InvalidParameter.outOfRange(name, `${length} characters`, `at most ${max}`);
}

/** @throws InvalidParameter for text that is not JSON, or that nests too deep */
export function parseJson(name: string, text: string): unknown {
  const { jsonDepth } = limits;
  if (isDeeperThan(jsonDepth, text))
    throw InvalidParameter.badJson(name, `it is nested more than ${jsonDepth} levels deep`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw InvalidParameter.badJson(name, error instanceof Error ? error.message : '');
  }
}

function parseObject(name: string, text: string): Readonly<Record<string, unknown>> {
  const value = parseJson(name, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw InvalidParameter.badJson(name, 'it must be an object, such as {"selected_language":"es"}');
}
