import type { FastifyRequest } from 'fastify';
import type { Form } from '../http/form';
import { parseJson } from '../http/parameters';
import type { WrappedRequest } from '../http/record-requests';
import { InvalidParameter } from '../model/errors';

/** The body of a request of the worker SDK, which wraps a request to the REST API. */
export interface BridgeRequest {
  /** Relative, such as `Workspaces/WS…/Workers/WK…`. */
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly form: Form;
  readonly token: string;
}

/**
 * Reads the body, which is JSON whatever its Content-Type says: the SDK sends none, and browsers then send text/plain.
 * @throws InvalidParameter
 */
export function readBridgeRequest({ body, bodyError, headers }: FastifyRequest): BridgeRequest {
  if (bodyError) throw bodyError;
  checkApiVersion(headers.apiversion);
  const { url, method, params, token } = objectOf('the body', parseJson('the body', String(body ?? '')));
  if (typeof url !== 'string') throw InvalidParameter.missing('url');
  if (method !== 'GET' && method !== 'POST')
    throw new InvalidParameter(`Value '${String(method)}' provided for method is not GET or POST`);
  return {
    path: url.replace(/^\/+|\/+$/g, ''),
    method,
    form: formOf(params === undefined ? {} : objectOf('params', params)),
    token: typeof token === 'string' ? token : '',
  };
}

/** Our choice: both versions take all calls, as the SDK uses each call with one of them, and no header counts as v1. */
function checkApiVersion(version: string | string[] | undefined): void {
  if (version === undefined || version === 'v1' || version === 'v2') return;
  throw new InvalidParameter(`Value '${String(version)}' provided for apiVersion is not v1 or v2`);
}

function objectOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw InvalidParameter.badJson(name, 'it must be an object');
}

/** The parameters as the REST API gets them: numbers, booleans, and objects as text, lists as repeated values. */
function formOf(params: Readonly<Record<string, unknown>>): Form {
  const form = new Map<string, string[]>();
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue;
    form.set(name, (Array.isArray(value) ? value : [value]).map(textOf));
  }
  return form;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The request that is wrapped, as the log of requests shows it: as if it had been sent to the REST API. */
export function wrappedRequest({ path, method, form }: BridgeRequest): WrappedRequest {
  const pairs = [...form].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  const parameters = new URLSearchParams(pairs).toString();
  const isRead = method === 'GET';
  return {
    method,
    url: `/v1/${path}${isRead && parameters ? `?${parameters}` : ''}`,
    body: isRead ? null : parameters,
    operation: null,
    knownParameters: [],
  };
}
