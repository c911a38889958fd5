import { isSameCredentials, readBasicAuthorization } from '../common/http-basic';
import { LifecycleError } from '../steps/errors';
import { header, type RequestHeaders, signInRequired } from './request-headers';
import type { FunctionContext } from './runtime';

/**
 * Checks the operator's credentials. Without configured credentials, it rejects every request.
 * @throws {LifecycleError} `operator_not_configured` or `sign_in_required`.
 */
export function requireOperator(context: FunctionContext, headers: RequestHeaders): void {
  const operator = configuredOperator(context);
  const given = readBasicAuthorization(header(headers, 'authorization'));
  if (!isSameCredentials(given, operator)) throw signInRequired();
}

function configuredOperator({ OPERATOR_USERNAME: username, OPERATOR_PASSWORD: password }: FunctionContext) {
  if (typeof username === 'string' && username && typeof password === 'string' && password) {
    return { username, password };
  }
  throw new LifecycleError(
    'operator_not_configured',
    'No operator is configured. Set OPERATOR_USERNAME and OPERATOR_PASSWORD.',
  );
}
