import { isSid } from '../steps/sid';
import { ParameterError, type ReadValue } from './parameters';

export function required<T>(read: ReadValue<T>): ReadValue<T> {
  return (value) => {
    if (value === undefined) throw new ParameterError('is required');
    return read(value);
  };
}

export function optional<T>(read: ReadValue<T>): ReadValue<T | undefined> {
  return (value) => (value === undefined ? undefined : read(value));
}

/** A text; a JSON body may contain it as a number or a boolean. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ParameterError('must be a single text value');
}

/** A sid with one of these prefixes. */
export function sid(...prefixes: readonly string[]): ReadValue<string> {
  return (value) => {
    const given = text(value).trim();
    if (prefixes.some((prefix) => isSid(prefix, given))) return given;
    throw new ParameterError(`must be a sid: ${prefixes.join(' or ')} followed by 32 hexadecimal digits`);
  };
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): ReadValue<number> {
  return (value) => {
    const given = text(value).trim();
    const number = Number(given);
    if (/^-?\d+$/.test(given) && number >= min && number <= max) return number;
    throw new ParameterError(`must be a whole number from ${min} to ${max}`);
  };
}

export function flag(value: unknown): boolean {
  const given = text(value).trim().toLowerCase();
  if (['true', '1', 'yes'].includes(given)) return true;
  if (['false', '0', 'no'].includes(given)) return false;
  throw new ParameterError('must be true or false');
}
