import { signInRequired as refusal } from '../common/operator-guard';
import { isObject } from '../steps/attributes';
import { LifecycleError } from '../steps/errors';
import type { FunctionEvent } from './runtime';

/** The headers of the request. The query can replace them, so their values can be anything. */
export type RequestHeaders = Readonly<Record<string, unknown>>;

/**
 * The one object that both the credentials and Fetch Metadata are read from. The runtime merges the query over
 * `event.request`, so `?request[headers][…]=` replaces the headers: all of them, including the password.
 */
export function requestHeaders(event: FunctionEvent): RequestHeaders {
  const request = event.request;
  const headers = isObject(request) ? request.headers : undefined;
  return isObject(headers) ? headers : {};
}

/**
 * One header by its lower-case name.
 * @throws {LifecycleError} `sign_in_required` if its value is not a text, which no client sends.
 */
export function header(headers: RequestHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw signInRequired();
}

export function signInRequired(): LifecycleError {
  return new LifecycleError(refusal.code, refusal.message);
}
