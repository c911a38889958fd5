import type { FunctionResponse, FunctionsClient } from '../../deploy/functions/functions-client';
import type { AskedFunctions } from '../../doctor/receivers';

type Answer = Pick<AskedFunctions, 'build' | 'failure' | 'configurationErrors'>;

const unknown: Answer = { build: null, failure: null, configurationErrors: [] };

/**
 * Asks the Functions about their build and their variables.
 * @param hasLifecycle whether they are expected to tell: others than ours do not
 */
export async function askFunctions(functions: FunctionsClient, hasLifecycle: boolean): Promise<Answer> {
  try {
    const response = await functions.call('/lifecycle');
    return response.status === 404 && !hasLifecycle ? unknown : answerOf(response);
  } catch (error) {
    return failed('unreachable', (error as Error).message);
  }
}

function answerOf({ status, body }: FunctionResponse): Answer {
  const { build, configuration_errors: errors, code, message } = body;
  if (typeof build === 'string') {
    return { ...unknown, build, configurationErrors: Array.isArray(errors) ? errors.map(withoutPeriod) : [] };
  }
  if (status === 401) return failed('operator_rejected', 'The Functions reject the operator (401)');
  if (code === 'configuration') return { ...unknown, configurationErrors: [withoutPeriod(message)] };
  return failed('failed', `/lifecycle returned ${status}${code ? `: ${message} (${code})` : ''}`);
}

const failed = (reason: NonNullable<Answer['failure']>['reason'], message: string): Answer => ({
  ...unknown,
  failure: { reason, message: withoutPeriod(message) },
});

const withoutPeriod = (text: unknown) => String(text).replace(/\.$/, '');
