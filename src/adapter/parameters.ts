import { LifecycleError } from '../steps/errors';
import type { FunctionEvent } from './runtime';

/** Reads one value, or throws a ParameterError whose message completes a sentence that starts with the name. */
export type ReadValue<T> = (value: unknown) => T;

export class ParameterError extends Error {}

/** The parameters of one Function: a reader for each name in camelCase. */
type ParameterReaders = Readonly<Record<string, ReadValue<unknown>>>;

type ParameterValues<R extends ParameterReaders> = { readonly [Name in keyof R]: ReturnType<R[Name]> };

/** The values read, the errors by name in snake_case, and all other parameters. */
interface ReadParameters<R extends ParameterReaders> {
  readonly values: ParameterValues<R>;
  readonly errors: Readonly<Record<string, string>>;
  readonly rest: Readonly<Record<string, unknown>>;
}

/** A parser for these parameters, in snake_case or camelCase. It ignores others, and reports all errors at once. */
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
  throw new LifecycleError('invalid_parameters', `Invalid parameters: ${sentences.join('; ')}.`, {
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
  // The runtime's own entry, even if the query has replaced it; never a parameter.
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

/** An empty value counts as missing, because forms send empty fields. */
function givenValue(event: FunctionEvent, spellings: ReadonlySet<string>): unknown {
  const given = [...spellings]
    .filter((spelling) => Object.hasOwn(event, spelling))
    .map((spelling) => event[spelling])
    .filter((value) => value !== undefined && value !== null && value !== '');
  if (given.length > 1 && given[0] !== given[1])
    throw new ParameterError('has different values in snake_case and camelCase');
  return given[0];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
