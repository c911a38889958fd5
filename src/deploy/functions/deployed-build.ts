import { DeploymentFailed } from '../deployment-failed';
import type { FunctionResponse, FunctionsClient } from './functions-client';

/**
 * The hash of the sources that the Functions at an address were built from.
 * @throws DeploymentFailed when there are none, or they do not let this operator in, each with what to do
 */
export async function readDeployedBuild(functions: FunctionsClient): Promise<string> {
  const reply = await functions.call('/lifecycle');
  if (typeof reply.body.build === 'string') return reply.body.build;
  throw new DeploymentFailed(explain(functions.url, reply));
}

function explain(url: string, { status, body }: FunctionResponse): string {
  if (status === 404) return `There are no Functions at ${url}: deploy them with "npm run deploy".`;
  if (status === 401) {
    return `The Functions at ${url} do not let the operator in: OPERATOR_USERNAME and OPERATOR_PASSWORD are others there. Deploy again, or correct yours.`;
  }
  const { code, message } = body;
  const words = typeof message === 'string' ? `: ${message} (${code})` : '';
  return `/lifecycle at ${url} answers ${status}${words}. Its log says more: npx twilio-run logs`;
}

/** Who may not call the assignment callback is told so by the platform; pages disagree on the status. */
const refusals = [400, 403];

/**
 * Makes sure that the assignment callback is there, and closed to strangers. Returns the status that they get.
 * Source: https://www.twilio.com/docs/serverless/functions-assets/visibility
 * @throws DeploymentFailed
 */
export async function requireProtectedCallback(functions: FunctionsClient): Promise<number> {
  const { status } = await functions.callUnsigned('/assignment-callback');
  if (refusals.includes(status)) return status;
  throw new DeploymentFailed(
    status >= 200 && status < 300
      ? `/assignment-callback at ${functions.url} answers ${status} to a request without Twilio's signature: it must be deployed as protected (assignment-callback.protected.js).`
      : `There is no /assignment-callback at ${functions.url} (${status}): deploy the Functions with "npm run deploy".`,
  );
}
