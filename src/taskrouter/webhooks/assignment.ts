import type { SettleAssignmentCallback, SettleEventCallback } from '../model/commands';
import type { Delivery } from '../model/entities';
import {
  attemptOf,
  type CallbackAttempt,
  type CallbackOutcome,
  type CallbackRecord,
  recordOf,
} from './callback-record';
import {
  type AssignmentResult,
  type EvaluatedResponse,
  evaluateAssignmentResponse,
} from './evaluate-response';
import type { Announcement, Attempts } from './post';
import type { UrlRole } from './transport';
import { wireUrl } from './wire-url';

/** What the delivery of one callback may use. */
export interface DeliveryContext {
  /**
   * Posts to one URL within the time limit of the callback's kind. Null if the callback was withdrawn before it was sent.
   * @throws DeliveryStopped
   */
  post(announcement: Announcement): Promise<Attempts | null>;
  /** Whether the reservation or event no longer needs the callback. */
  isWithdrawn(): boolean;
}

/** A finished delivery. */
export interface Delivered {
  readonly record: CallbackRecord;
  readonly settle: SettleAssignmentCallback | SettleEventCallback;
}

const roles: readonly UrlRole[] = ['primary', 'fallback'];

/**
 * Announces a reservation to the primary URL and, without a usable response, to the fallback URL, with the reason in
 * `ErrorCode` and `ErrorUrl`. Null if the callback was withdrawn before anything was sent.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export async function deliverAssignment(
  delivery: Delivery,
  context: DeliveryContext,
): Promise<Delivered | null> {
  const attempts: CallbackAttempt[] = [];
  let evaluated: EvaluatedResponse = { result: { kind: 'failed' }, alert: null };
  for (const [index, role] of roles.entries()) {
    const url = delivery.urls[index];
    if (url === undefined) break;
    const parameters = { ...delivery.parameters, ...whatFailed(attempts.at(-1)) };
    const sent = await context.post({ kind: 'assignment', role, sid: delivery.sid, url, parameters });
    if (!sent) break;
    attempts.push(
      ...sent.all.map((made) => attemptOf(made, (exchange) => evaluateAssignmentResponse(exchange).alert)),
    );
    evaluated = evaluateAssignmentResponse(sent.last.exchange);
    if (evaluated.result.kind !== 'failed') break;
  }
  const isWithdrawn = context.isWithdrawn();
  return attempts.length || !isWithdrawn ? finished(delivery, attempts, evaluated, isWithdrawn) : null;
}

function finished(
  delivery: Delivery,
  attempts: readonly CallbackAttempt[],
  evaluated: EvaluatedResponse,
  isWithdrawn: boolean,
): Delivered {
  const { result } = evaluated;
  const outcome =
    isWithdrawn && result.kind === 'failed' ? 'withdrawn' : assignmentOutcome(evaluated, attempts.at(-1));
  return {
    record: recordOf(delivery, attempts, { outcome, result }),
    settle: { type: 'SettleAssignmentCallback', reservationSid: delivery.sid, result },
  };
}

/** The outcome of an assignment callback after its last response. */
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

/** Our choice: the failed URL comes without fragment and user information, because another party reads it. */
function whatFailed(last: CallbackAttempt | undefined): Record<string, string> {
  if (!last) return {};
  const wire = wireUrl(last.url);
  return {
    ErrorCode: String(last.alert?.code ?? ''),
    ErrorUrl: wire ? wire.origin + wire.path : last.url,
  };
}
