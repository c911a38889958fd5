import type { SignWorkerToken } from '../steps/step';
import { type Environment, misconfigured } from './environment';

/** Our choice: Twilio's default. The agent page asks for a new token before the old one expires. */
const lifetimeSeconds = 3600;

/**
 * Signs the tokens of Twilio's worker SDK with the API key of the environment.
 * Source: https://www.twilio.com/docs/iam/access-tokens and the grant `task_router` of the SDK's own tests
 * @throws {LifecycleError} `configuration`, naming each variable that is missing or malformed
 */
export function workerTokens({ accountSid, apiKey, region }: Environment): SignWorkerToken {
  return ({ workspaceSid, workerSid, identity }) => {
    if ('errors' in apiKey) throw misconfigured(apiKey.errors);
    const { AccessToken }: typeof import('twilio').jwt = require('twilio').jwt;
    const token = new AccessToken(accountSid, apiKey.sid, apiKey.secret, {
      identity,
      ttl: lifetimeSeconds,
      ...(region && { region }),
    });
    token.addGrant(new AccessToken.TaskRouterGrant({ workspaceSid, workerSid, role: 'worker' }));
    return { token: token.toJwt(), expiresAt: new Date(Date.now() + lifetimeSeconds * 1000) };
  };
}
