import { eventBridgeUrl } from '../../common/event-bridge-url';
import type { TwilioProxy } from '../../proxy/twilio-proxy';
import type { Credentials } from '../../system/credentials';
import type { RunRecord } from '../../system/run-record';

/** What machines wait for: what runs, and how to reach it. @param proxy of this run, if there is one */
export function readyLine(
  { instance: _, proxy: __, functionsUrl, taskrouterUrl, accountSid, ...rest }: RunRecord,
  { authToken, operator, apiKey }: Credentials,
  proxy?: Pick<TwilioProxy, 'url' | 'caFile'>,
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
    ...(proxy && { proxyUrl: proxy.url, caFile: proxy.caFile }),
  };
}
