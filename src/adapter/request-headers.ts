import { isObject } from '../steps/attributes';
import { LifecycleError } from '../steps/errors';
import type { FunctionEvent } from './runtime';

/** The headers of the request, or what the query put in their place: nothing about their values is certain. */
export type RequestHeaders = Readonly<Record<string, unknown>>;

/**
 * The one object from which both the credentials and Fetch Metadata are read. The runtime merges the query over
 * `event.request`, so that `?request[headers][…]=` replaces the headers; but then all of them, the password included.
 */
export function requestHeaders(event: FunctionEvent): RequestHeaders {
  const request = event.request;
  const headers = isObject(request) ? request.headers : undefined;
  return isObject(headers) ? headers : {};
}

/**
 * One header by its lower-case name.
 * @throws {LifecycleError} `sign_in_required` if its value is no text: no client sends that, and we do not guess.
 */
export function header(headers: RequestHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw signInRequired();
}

export function signInRequired(): LifecycleError {
  return new LifecycleError(
    'sign_in_required',
    'Sign in with HTTP Basic authentication as the operator (OPERATOR_USERNAME, OPERATOR_PASSWORD).',
  );
}
