import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import type { CallbackLog } from '../../taskrouter/inspector/callback-log';
import { MaskedCallback } from '../../taskrouter/inspector/masked-callback';
import { UnmetExpectation } from '../errors';

interface Subjects {
  readonly taskSid: string;
  readonly callSids: readonly string[];
}

/** What was sent about a task and its calls. */
interface SignedRequests {
  readonly count: number;
  /** Of the URLs, each once, in order. */
  readonly paths: readonly string[];
}

/**
 * Checks every request about a task and its calls with Twilio's own validator.
 * @throws UnmetExpectation if a signature is not valid, or the response is no success
 */
export function requireSignatures(
  log: CallbackLog,
  { taskSid, callSids }: Subjects,
  authToken: string,
): SignedRequests {
  const about = log
    .since(0)
    .filter((entry) => entry.taskSid === taskSid || callSids.includes(entry.callSid ?? ''));
  const attempts = about.flatMap((entry) => MaskedCallback.unmasked(entry).attempts);
  const paths = attempts.map(({ url, request, response }) => {
    const { pathname } = new URL(url);
    const signature = request.headers['X-Twilio-Signature'] ?? '';
    if (!validateRequest(authToken, signature, url, request.parameters))
      throw new UnmetExpectation(`The signature of a request to ${pathname} is not valid.`);
    if (!response || response.status >= 300)
      throw new UnmetExpectation(`${pathname} responded with ${response?.status ?? 'nothing'}.`);
    return pathname;
  });
  return { count: attempts.length, paths: [...new Set(paths)] };
}
