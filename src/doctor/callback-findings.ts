import { durationText } from '../common/duration-text';
import { groupBy } from '../common/group-by';
import type { CallbackFailureReason, CallbackRequest, Condition } from './condition';
import { type Finding, finding } from './finding';
import type { FindingCode } from './rules';
import { thresholds } from './thresholds';

/** Callback URLs that do not work, or not always, or not in time: by what the requests of the last hour met. */
export function callbackFindings({ callbacks, now, target }: Condition): Finding[] {
  const recent = callbacks.filter(({ at }) => now - at <= thresholds.recentMs);
  const byUrl = groupBy(recent, ({ url }) => url);
  return [...byUrl].flatMap(([url, requests]) => {
    const newestFirst = requests.sort((left, right) => right.at - left.at);
    const counted = newestFirst.slice(0, thresholds.newestRequests);
    return [...failures(url, counted, now, target), ...slowness(url, counted)];
  });
}

/** The rule for each reason. */
const codeOfFailure: Record<CallbackFailureReason, FindingCode> = {
  unreachable: 'callback_unreachable',
  signature_refused: 'signature_refused',
  failed: 'callback_failed',
};

function failures(
  url: string,
  requests: readonly CallbackRequest[],
  now: number,
  target: Condition['target'],
): Finding[] {
  const [newest] = requests;
  const failed = requests.filter(({ failure }) => failure !== null);
  const [last] = failed;
  if (!newest || !last?.failure) return [];
  const { reason, message, remedy } = last.failure;
  // An account shows only the requests that failed.
  const of = target === 'local' ? `of the last ${requests.length} ` : '';
  const count = `${failed.length} ${of}requests failed`;
  const ago = `${durationText(now - last.at)} ago`;
  if (newest === last) {
    return [finding(codeOfFailure[reason], url, `${upper(message)} (${ago}; ${count})`, remedy)];
  }
  if (failed.length < requests.length * thresholds.unreliable) return [];
  return [finding('callback_unreliable', url, `${upper(count)}, the last one ${ago}: ${message}`, remedy)];
}

const upper = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function slowness(url: string, requests: readonly CallbackRequest[]): Finding[] {
  const slow = requests.filter(({ durationMs }) => durationMs > thresholds.slowCallbackMs);
  if (slow.length === 0) return [];
  const longest = Math.max(...slow.map(({ durationMs }) => durationMs));
  return [
    slowCallback(
      url,
      `${slow.length} of the last ${requests.length} requests took over 3 s, the longest ${secondsText(longest)}`,
    ),
  ];
}

export const secondsText = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

export const slowCallback = (url: string, message: string): Finding =>
  finding(
    'slow_callback',
    url,
    message,
    'Respond first and work later: TaskRouter waits 5 s for an assignment callback.',
  );
