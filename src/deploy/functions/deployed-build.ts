import { DeploymentFailed } from '../deployment-failed';
import type { FunctionResponse, FunctionsClient } from './functions-client';

/**
 * Returns the hash of the sources that the deployed Functions were built from.
 * @throws DeploymentFailed when there are no Functions, or they reject the operator; the message says what to do
 */
export async function readDeployedBuild(functions: FunctionsClient): Promise<string> {
  const response = await functions.call('/lifecycle');
  if (typeof response.body.build === 'string') return response.body.build;
  throw new DeploymentFailed(explain(functions.url, response));
}

function explain(url: string, { status, body }: FunctionResponse): string {
  if (status === 404) return `There are no Functions at ${url}: deploy them with "npm run deploy".`;
  if (status === 401) {
    return `The Functions at ${url} rejected the operator: their OPERATOR_USERNAME and OPERATOR_PASSWORD differ from yours. Deploy again, or correct yours.`;
  }
  const { code, message } = body;
  const words = typeof message === 'string' ? `: ${message} (${code})` : '';
  return `/lifecycle at ${url} returned ${status}${words}. See its log: npx twilio-run logs`;
}

/** The platform rejects an unsigned request; its documentation disagrees about the status. */
const rejections = [400, 403];

/**
 * Checks that the assignment callback exists and rejects unsigned requests. Returns the status of the rejection.
 * Source: https://www.twilio.com/docs/serverless/functions-assets/visibility
 * @throws DeploymentFailed
 */
export async function requireProtectedCallback(functions: FunctionsClient): Promise<number> {
  const { status } = await functions.callUnsigned('/assignment-callback');
  if (rejections.includes(status)) return status;
  throw new DeploymentFailed(
    status >= 200 && status < 300
      ? `/assignment-callback at ${functions.url} returned ${status} to a request without Twilio's signature. Deploy it as protected (assignment-callback.protected.js).`
      : `There is no /assignment-callback at ${functions.url} (${status}): deploy the Functions with "npm run deploy".`,
  );
}
