import type { FunctionResponse, FunctionsClient } from '../functions/functions-client';
import { ProofFailed } from './proof-failed';

/**
 * What a deployed Function answers to its operator.
 * @throws ProofFailed with the Function's own words and what to do
 */
export async function callFunction(
  functions: FunctionsClient,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<FunctionResponse['body']> {
  const { status, body } = await functions.call(path, parameters);
  if (status >= 200 && status < 300) return body;
  const { code, message } = body;
  const words = typeof message === 'string' ? `: ${message} (${code})` : '';
  throw new ProofFailed(`${path} answered ${status}${words}`, remedy(status));
}

function remedy(status: number): string {
  if (status === 401) return 'OPERATOR_USERNAME and OPERATOR_PASSWORD are others there: deploy again.';
  if (status === 404) return 'The Function, or the task in its workspace, is not there: deploy again.';
  return 'Its variables are those of .env.deploy; the log of the Function says more: npx twilio-run logs';
}
