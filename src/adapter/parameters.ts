import { LifecycleError } from '../steps/errors';
import type { FunctionEvent } from './runtime';

/** Reads one value. It throws a ParameterProblem whose message follows the parameter's name. */
export type ReadValue<T> = (value: unknown) => T;

export class ParameterError extends Error {}

/** The parameters of one Function: their names in camelCase, and how each is read. */
export type ParameterReaders = Readonly<Record<string, ReadValue<unknown>>>;

export type ParameterValues<R extends ParameterReaders> = { readonly [Name in keyof R]: ReturnType<R[Name]> };

/** What was read, what was wrong with it, and all that was given besides. */
export interface ReadParameters<R extends ParameterReaders> {
  readonly values: ParameterValues<R>;
  readonly errors: Readonly<Record<string, string>>;
  readonly rest: Readonly<Record<string, unknown>>;
}

/** A parser for these parameters, each in snake_case or camelCase; others are ignored, all errors come at once. */
export function parameters<R extends ParameterReaders>(readers: R) {
  return (event: FunctionEvent): ParameterValues<R> => {
    const { values, errors } = readParameters(readers, event);
    throwIfInvalid(errors);
    return values;
  };
}

/** @throws {LifecycleError} `invalid_parameters`, if there are errors. */
export function throwIfInvalid(errors: Readonly<Record<string, string>>): void {
  const sentences = Object.entries(errors).map(([name, problem]) => `${name} ${problem}`);
  if (sentences.length === 0) return;
  throw new LifecycleError('invalid_parameters', `Correct the parameters: ${sentences.join('; ')}.`, {
    errors,
  });
}

export function readParameters<R extends ParameterReaders>(
  readers: R,
  event: FunctionEvent,
): ReadParameters<R> {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  const rest: Record<string, unknown> = { ...event };
  // The runtime's own entry, and never a parameter, even where the query has replaced it.
  delete rest.request;
  for (const [name, read] of Object.entries(readers)) {
    const spellings = new Set([snakeCase(name), name]);
    try {
      values[name] = read(givenValue(event, spellings));
    } catch (problem) {
      if (!(problem instanceof ParameterError)) throw problem;
      errors[snakeCase(name)] = problem.message;
    }
    for (const spelling of spellings) delete rest[spelling];
  }
  return { values: values as ParameterValues<R>, errors, rest };
}

/** Empty means not given, since forms send empty fields. */
function givenValue(event: FunctionEvent, spellings: ReadonlySet<string>): unknown {
  const given = [...spellings]
    .filter((spelling) => Object.hasOwn(event, spelling))
    .map((spelling) => event[spelling])
    .filter((value) => value !== undefined && value !== null && value !== '');
  if (given.length > 1 && given[0] !== given[1]) throw new ParameterError('is given in both spellings');
  return given[0];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
