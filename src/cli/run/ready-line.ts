import { eventBridgeUrl } from '../../common/event-bridge-url';
import type { Credentials } from '../../system/credentials';
import type { RunRecord } from '../../system/run-record';

/** What machines wait for: what runs, and how to reach it. */
export function readyLine(
  { instance: _, functionsUrl, taskrouterUrl, accountSid, ...rest }: RunRecord,
  { authToken, operator, apiKey }: Credentials,
): object {
  return {
    event: 'ready',
    functionsUrl,
    taskrouterUrl,
    eventBridgeUrl: eventBridgeUrl(taskrouterUrl),
    accountSid,
    authToken,
    apiKeySid: apiKey.sid,
    apiKeySecret: apiKey.secret,
    operator,
    ...rest,
  };
}
