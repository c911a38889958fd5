import { isDeepStrictEqual } from 'node:util';

/** Fields of which some are said; undefined is not said. */
export type Said<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined };

export interface Differences<Fields> {
  /** As they shall be. */
  readonly fields: Said<Fields>;
  /** The same fields as they are. */
  readonly before: Said<Fields>;
}

/** What has to change so that `present` is as said; values are compared as JSON, so the order of keys does not count. */
export function differences<Fields extends object>(said: Said<Fields>, present: Fields): Differences<Fields> {
  const keys = (Object.keys(said) as (keyof Fields)[]).filter(
    (key) => said[key] !== undefined && !isDeepStrictEqual(asJson(said[key]), asJson(present[key])),
  );
  return { fields: pick(said, keys), before: pick(present, keys) };
}

/** As it comes back from TaskRouter: a zero has no sign there, and what no JSON holds is null. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** Only what is said. */
export function given<Fields extends object>(said: Said<Fields>): Said<Fields> {
  return pick(
    said,
    (Object.keys(said) as (keyof Fields)[]).filter((key) => said[key] !== undefined),
  );
}

function pick<Fields>(from: Said<Fields>, keys: readonly (keyof Fields)[]): Said<Fields> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Said<Fields>;
}
