import type { IncomingMessage } from 'node:http';
import type { HostResponse } from '../shared/responses';
import type { RequestBody } from './request-body';

/** A path of TaskRouter's control API that the host serves, too. */
export interface CallPath {
  readonly pattern: RegExp;
  /** The parameters of each method: in the query for GET, in the form for POST. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** A parameter that must have this value. */
  readonly fixed?: { readonly name: string; readonly value: string };
}

/**
 * What the pages need to make and answer simulated calls. Everything else of the control API stays closed: the host's
 * operator is not TaskRouter's account. For the same reason a call cannot name a URL, to which TaskRouter would send
 * requests with a valid signature.
 */
const callPaths: readonly CallPath[] = [
  {
    pattern: /^\/_taskrouter\/calls$/,
    parameters: { GET: [], POST: ['from', 'to', 'digits', 'speech', 'hang_up_after'] },
  },
  {
    pattern: /^\/_taskrouter\/calls\/CA[0-9a-f]{32}$/,
    parameters: { GET: [], POST: ['digits', 'speech', 'action'] },
  },
  {
    pattern: /^\/_taskrouter\/stream$/,
    parameters: { GET: ['types', 'task_sid', 'worker_sid', 'phone'] },
    // The other messages show requests and callbacks.
    fixed: { name: 'types', value: 'call' },
  },
];

/** Undefined for any other path, in any spelling. */
export function callPathOf(pathname: string): CallPath | undefined {
  return callPaths.find(({ pattern }) => pattern.test(pathname));
}

/** @returns the response that rejects the method; undefined if the path has it */
export function rejectCallMethod(
  { method = '' }: IncomingMessage,
  { parameters }: CallPath,
): HostResponse | undefined {
  if (Object.hasOwn(parameters, method)) return undefined;
  const allowed = Object.keys(parameters).join(', ');
  const message = `This path accepts ${allowed}.`;
  return { status: 405, code: 'method_not_allowed', message, headers: { Allow: allowed } };
}

/** @returns what TaskRouter gets, or the response that rejects it */
export function callParameters(
  { method = '', url = '' }: IncomingMessage,
  body: RequestBody,
  { parameters, fixed }: CallPath,
): URLSearchParams | HostResponse {
  const query = new URLSearchParams(url.split('?').slice(1).join('?'));
  if (body.bytes.length > 0 && body.format !== 'form') return notForm;
  if (method === 'POST' && query.size > 0) return invalid('The query must be empty. Send a form.');
  const given = method === 'POST' ? new URLSearchParams(body.bytes.toString()) : query;
  const known = parameters[method] ?? [];
  for (const name of given.keys()) {
    if (!known.includes(name))
      return invalid(`${name} is unknown here. Known: ${known.join(', ') || 'none'}.`);
    if (given.getAll(name).length > 1) return invalid(`${name} was sent more than once.`);
  }
  if (fixed && given.get(fixed.name) !== fixed.value)
    return invalid(`${fixed.name} must be ${fixed.value} here.`);
  return given;
}

const invalid = (message: string): HostResponse => ({ status: 400, code: 'invalid_parameters', message });

const notForm: HostResponse = {
  status: 415,
  code: 'unsupported_body',
  message: 'The request body must be a form (application/x-www-form-urlencoded).',
};
