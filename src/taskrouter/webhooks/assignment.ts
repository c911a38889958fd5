import type { Delivery } from '../model/entities';
import { attemptOf, type CallbackAttempt, type CallbackOutcome, recordOf } from './callback-record';
import type { Delivered, DeliveryNeeds } from './delivery-needs';
import type { UrlRole } from './transport';
import { type AssignmentVerdict, type Judgement, judgeAssignment } from './verdict';
import { wireUrl } from './wire-url';

const roles: readonly UrlRole[] = ['primary', 'fallback'];

/**
 * Announces a reservation: to the primary URL and, when that gives no usable answer, to the fallback, which is told
 * why in `ErrorCode` and `ErrorUrl`. Null when the reservation was settled before anything was sent.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export async function deliverAssignment(delivery: Delivery, needs: DeliveryNeeds): Promise<Delivered | null> {
  const attempts: CallbackAttempt[] = [];
  let judgement: Judgement = { verdict: { kind: 'failed' }, alert: null };
  for (const [index, role] of roles.entries()) {
    const url = delivery.urls[index];
    if (url === undefined) break;
    const parameters = { ...delivery.parameters, ...whatFailed(attempts.at(-1)) };
    const tries = await needs.call({ kind: 'assignment', role, sid: delivery.sid, url, parameters });
    if (!tries) break;
    attempts.push(...tries.all.map((made) => attemptOf(made, (exchange) => judgeAssignment(exchange).alert)));
    judgement = judgeAssignment(tries.last.exchange);
    if (judgement.verdict.kind !== 'failed') break;
  }
  const isWithdrawn = needs.isWithdrawn();
  return attempts.length || !isWithdrawn ? finished(delivery, attempts, judgement, isWithdrawn) : null;
}

function finished(
  delivery: Delivery,
  attempts: readonly CallbackAttempt[],
  judgement: Judgement,
  isWithdrawn: boolean,
): Delivered {
  const { verdict } = judgement;
  const outcome =
    isWithdrawn && verdict.kind === 'failed' ? 'withdrawn' : assignmentOutcome(judgement, attempts.at(-1));
  return {
    record: recordOf(delivery, attempts, { outcome, verdict }),
    settle: { type: 'SettleAssignmentCallback', reservationSid: delivery.sid, result: verdict },
  };
}

/** What the last answer to an assignment callback, as judged, makes of it. */
export function assignmentOutcome(
  { verdict, alert }: Judgement,
  last: CallbackAttempt | undefined,
): CallbackOutcome {
  const outcomes: Readonly<Record<AssignmentVerdict['kind'], () => CallbackOutcome>> = {
    instruction: () =>
      verdict.kind === 'instruction' ? `instruction:${verdict.instruction.name}` : 'no_instruction',
    none: () => (alert ? 'refused' : 'no_instruction'),
    failed: () => (last?.error?.kind.endsWith('_timeout') ? 'timed_out' : 'failed'),
  };
  return outcomes[verdict.kind]();
}

/** Our choice: the failing URL is told without its fragment and user information, since another party reads it. */
function whatFailed(last: CallbackAttempt | undefined): Record<string, string> {
  if (!last) return {};
  const wire = wireUrl(last.url);
  return {
    ErrorCode: String(last.alert?.code ?? ''),
    ErrorUrl: wire ? wire.origin + wire.path : last.url,
  };
}
