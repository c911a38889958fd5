import { isDeepStrictEqual } from 'node:util';
import { type FieldsOf, type Kind, nouns } from '../existing/existing';

interface ChangeOf<Name extends Kind> extends Differences<FieldsOf[Name]> {
  readonly action: 'create' | 'update' | 'delete';
  readonly kind: Name;
  readonly name: string;
}

interface WorkerChannelChange extends ChangeOf<'workerChannel'> {
  /** The name of the worker that the channel belongs to. */
  readonly worker: string;
}

type Changes = { [Name in Exclude<Kind, 'workerChannel'>]: ChangeOf<Name> };

/**
 * One request: the fields to send, in the file's terms, and their values before. A deletion has every field in `before`.
 * TaskRouter creates and deletes a worker's channels with the worker, so channels are only updated.
 */
export type Change = Changes[keyof Changes] | WorkerChannelChange;

/** What people call the thing that changes. Names may hold any character, so they are in JSON's quotes. */
export function subjectOf(change: Change): string {
  const subject = `${nouns[change.kind]} ${JSON.stringify(change.name)}`;
  return change.kind === 'workerChannel'
    ? `${subject} of the worker ${JSON.stringify(change.worker)}`
    : subject;
}

/** Some of the fields; undefined means that a field is not given. */
export type SomeFields<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined };

export interface Differences<Fields> {
  /** The desired values. */
  readonly fields: SomeFields<Fields>;
  /** The present values of the same fields. */
  readonly before: SomeFields<Fields>;
}

/** The given fields whose value differs in `present`. Values are compared as JSON, without regard to the order of keys. */
export function differences<Fields extends object>(
  desired: SomeFields<Fields>,
  present: Fields,
): Differences<Fields> {
  const keys = (Object.keys(desired) as (keyof Fields)[]).filter(
    (key) => desired[key] !== undefined && !isDeepStrictEqual(asJson(desired[key]), asJson(present[key])),
  );
  return { fields: pick(desired, keys), before: pick(present, keys) };
}

/** As TaskRouter returns it: zero has no sign, and a value that JSON cannot hold is null. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** The fields without those that are undefined. */
export function definedFields<Fields extends object>(fields: SomeFields<Fields>): SomeFields<Fields> {
  return pick(
    fields,
    (Object.keys(fields) as (keyof Fields)[]).filter((key) => fields[key] !== undefined),
  );
}

function pick<Fields>(from: SomeFields<Fields>, keys: readonly (keyof Fields)[]): SomeFields<Fields> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as SomeFields<Fields>;
}
