import type { Delivery } from '../model/entities';
import { attemptOf, type CallbackAttempt, type CallbackOutcome, recordOf } from './callback-record';
import type { Delivered, DeliveryContext } from './delivery-needs';
import {
  type AssignmentResult,
  type EvaluatedResponse,
  evaluateAssignmentResponse,
} from './evaluate-response';
import type { UrlRole } from './transport';
import { wireUrl } from './wire-url';

const roles: readonly UrlRole[] = ['primary', 'fallback'];

/**
 * Announces a reservation: to the primary URL and, when that gives no usable answer, to the fallback, which is told
 * why in `ErrorCode` and `ErrorUrl`. Null when the reservation was settled before anything was sent.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export async function deliverAssignment(
  delivery: Delivery,
  needs: DeliveryContext,
): Promise<Delivered | null> {
  const attempts: CallbackAttempt[] = [];
  let judgement: EvaluatedResponse = { result: { kind: 'failed' }, alert: null };
  for (const [index, role] of roles.entries()) {
    const url = delivery.urls[index];
    if (url === undefined) break;
    const parameters = { ...delivery.parameters, ...whatFailed(attempts.at(-1)) };
    const tries = await needs.post({ kind: 'assignment', role, sid: delivery.sid, url, parameters });
    if (!tries) break;
    attempts.push(
      ...tries.all.map((made) => attemptOf(made, (exchange) => evaluateAssignmentResponse(exchange).alert)),
    );
    judgement = evaluateAssignmentResponse(tries.last.exchange);
    if (judgement.result.kind !== 'failed') break;
  }
  const isWithdrawn = needs.isWithdrawn();
  return attempts.length || !isWithdrawn ? finished(delivery, attempts, judgement, isWithdrawn) : null;
}

function finished(
  delivery: Delivery,
  attempts: readonly CallbackAttempt[],
  judgement: EvaluatedResponse,
  isWithdrawn: boolean,
): Delivered {
  const { result } = judgement;
  const outcome =
    isWithdrawn && result.kind === 'failed' ? 'withdrawn' : assignmentOutcome(judgement, attempts.at(-1));
  return {
    record: recordOf(delivery, attempts, { outcome, result }),
    settle: { type: 'SettleAssignmentCallback', reservationSid: delivery.sid, result },
  };
}

/** What the last answer to an assignment callback, as judged, makes of it. */
export function assignmentOutcome(
  { result, alert }: EvaluatedResponse,
  last: CallbackAttempt | undefined,
): CallbackOutcome {
  const outcomes: Readonly<Record<AssignmentResult['kind'], () => CallbackOutcome>> = {
    instruction: () =>
      result.kind === 'instruction' ? `instruction:${result.instruction.name}` : 'no_instruction',
    none: () => (alert ? 'refused' : 'no_instruction'),
    failed: () => (last?.error?.kind.endsWith('_timeout') ? 'timed_out' : 'failed'),
  };
  return outcomes[result.kind]();
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
