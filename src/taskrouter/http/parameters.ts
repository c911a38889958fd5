import { limits } from '../engine/limits';
import type { Attributes } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import { isSid } from '../model/sids';
import { readDate } from './dates';
import type { Form } from './form';

/**
 * Reads one request's parameters. Names are case-sensitive, unknown ones are ignored, and of a name sent twice the last
 * value counts (our choice). Every reader answers undefined when the parameter was not sent, and throws
 * InvalidParameter, which names it and says what it should have been, when its value cannot be read. An empty value is
 * a value: `ActivitySid=` is more likely a shell variable that was not set than a wish (our choice).
 */
export class Parameters {
  constructor(private readonly form: Form) {}

  has(name: string): boolean {
    return this.form.has(name);
  }

  text(name: string): string | undefined {
    return this.form.get(name)?.at(-1);
  }

  /** Every value of the name, as it was sent. */
  all(name: string): readonly string[] {
    return this.form.get(name) ?? [];
  }

  /** @throws InvalidParameter when it is missing or empty. */
  required(name: string): string {
    const value = this.text(name);
    if (!value) throw InvalidParameter.missing(name);
    return value;
  }

  /** All values of a repeated parameter, each of which may also hold several between commas. */
  list(name: string): readonly string[] | undefined {
    return this.form.get(name)?.flatMap((value) => value.split(',').map((item) => item.trim()));
  }

  integer(name: string): number | undefined {
    return this.read(
      name,
      (value) => (/^[+-]?\d{1,15}$/.test(value) ? Number(value) : undefined),
      'a whole number',
    );
  }

  /** `true` or `false`, in any case. */
  boolean(name: string): boolean | undefined {
    return this.read(name, (value) => booleans.get(value.toLowerCase()), 'true or false');
  }

  /**
   * The documented reading of flags that Twilio types as text: true, 1 and yes are true, anything else is false.
   * Source: https://www.twilio.com/docs/taskrouter/api/activity
   */
  flag(name: string): boolean | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : ['true', '1', 'yes'].includes(value.toLowerCase());
  }

  /** Unix milliseconds. */
  date(name: string): number | undefined {
    return this.read(name, readDate, 'a date such as 2026-01-31T12:00:00Z');
  }

  /** A sid with one of these prefixes. */
  sid(name: string, ...prefixes: readonly string[]): string | undefined {
    const value = this.text(name);
    if (value === undefined || prefixes.some((prefix) => isSid(prefix, value))) return value;
    throw InvalidParameter.badSid(name, value);
  }

  /** An http or https URL; empty text takes a URL away. */
  url(name: string): string | undefined {
    return this.read(
      name,
      (value) => (value === '' || isWebUrl(value) ? value : undefined),
      'an http or https URL',
    );
  }

  /** One of these words, compared without regard to case, spelled as it is here. */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    return this.read(name, (value) => wordOf(value, words), `one of ${words.join(', ')}`);
  }

  /** Several of these words. */
  someOf<Word extends string>(name: string, words: readonly Word[]): readonly Word[] | undefined {
    return this.list(name)?.map(
      (value) => wordOf(value, words) ?? refuse(name, value, `one of ${words.join(', ')}`),
    );
  }

  /** A JSON object of at most 4,096 characters, white space included. */
  attributes(name: string): Attributes | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (text.length > limits.attributesCharacters) {
      throw InvalidParameter.outOfRange(
        name,
        `${text.length} characters`,
        `at most ${limits.attributesCharacters}`,
      );
    }
    return { text, value: parseObject(name, text) };
  }

  private read<Value>(
    name: string,
    reader: (value: string) => Value | undefined,
    wanted: string,
  ): Value | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : (reader(value) ?? refuse(name, value, wanted));
  }
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

function refuse(name: string, value: string, wanted: string): never {
  throw new InvalidParameter(`Value '${value}' provided for ${name} is not ${wanted}`);
}

function wordOf<Word extends string>(value: string, words: readonly Word[]): Word | undefined {
  return words.find((word) => word.toLowerCase() === value.toLowerCase());
}

function isWebUrl(value: string): boolean {
  return /^https?:\/\/[^/]/i.test(value) && URL.canParse(value);
}

function parseObject(name: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw InvalidParameter.badJson(name, error instanceof Error ? error.message : '');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw InvalidParameter.badJson(name, 'it must be an object, such as {"selected_language":"es"}');
}
