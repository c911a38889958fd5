import { isSid } from './sids';

/** Reads one value, as JSON or as form text; undefined if it is not what `wanted` describes. */
export interface Reader<Value> {
  readonly wanted: string;
  /** Whether a form may repeat the parameter. */
  readonly several: boolean;
  read(given: unknown): Value | undefined;
}

const reader = <Value>(
  wanted: string,
  read: (given: unknown) => Value | undefined,
  several = false,
): Reader<Value> => ({ wanted, several, read });

const whole = (given: unknown): number => {
  if (typeof given === 'number') return given;
  return typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
};

const wordIn = <Word extends string>(words: readonly Word[], given: unknown): Word | undefined => {
  const text = textOf(given);
  return words.find((word) => word.toLowerCase() === text?.toLowerCase());
};

/** Undefined for an object: it is no word, and JSON can hold one that cannot be converted to text. */
const textOf = (given: unknown): string | undefined =>
  typeof given === 'object' ? undefined : String(given);

/** The kinds of value that instructions take. JSON and text are both read: `true` and `"true"`, `30` and `"30"`. */
export const text = reader('a string', (given) => (typeof given === 'string' ? given : undefined));

export const flag = reader('true or false', (given) => {
  const word = wordIn(['true', 'false'], given);
  return word && word === 'true';
});

export const integer = (min: number, max: number) =>
  reader(`a whole number from ${min} to ${max}`, (given) => {
    const value = whole(given);
    return Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  });

export const url = reader('an absolute http or https URL', (given) =>
  typeof given === 'string' && /^https?:\/\/[^/]/i.test(given) && URL.canParse(given) ? given : undefined,
);

export const sid = (prefix: string, what: string) =>
  reader(`the sid of ${what}: ${prefix} and 32 hexadecimal digits`, (given) =>
    isSid(prefix, given) ? given : undefined,
  );

export const oneOf = <Word extends string>(...words: readonly Word[]) =>
  reader(`one of ${words.join(', ')}`, (given) => wordIn(words, given));

const wordsIn = <Word extends string>(words: readonly Word[], given: unknown) => {
  const items = textOf(given)
    ?.split(/[\s,]+/)
    .filter((item) => item !== '');
  return items ? items.map((item) => wordIn(words, item)) : [undefined];
};

/** Several words: a JSON array, a repeated form parameter, or one string with blanks or commas between them. */
export const someOf = <Word extends string>(...words: readonly Word[]) =>
  reader(
    `some of ${words.join(', ')}`,
    (given): readonly Word[] | undefined => {
      const known = [given].flat().flatMap((item) => wordsIn(words, item));
      return known.every((word) => word !== undefined) ? known : undefined;
    },
    true,
  );

/**
 * The address of a telephone, or a caller ID. Our choice: any number is accepted, since only a telephone network knows
 * whether a number is in use and belongs to the account.
 */
const address = /^(\+[1-9]\d{1,14}|\d{3,15}|client:[^\s:][^\s]*|sips?:[^\s@]+(@[^\s@]+)?)$/i;

export const phone = reader('a number such as +15550100, client:… or sip:…', (given) => {
  if (typeof given !== 'string') return undefined;
  // A form turns a plus sign that is not encoded into a space, as with `curl -d To=+15550100`.
  const text = given.replace(/^ (?=[1-9]\d*$)/, '+').trim();
  return address.test(text) ? text : undefined;
});
