import type { Clock } from '../../system/clock';
import { randomSid } from '../../system/ids';
import { InvalidParameter } from '../model/errors';
import { assignmentOutcome } from './assignment';
import { AttemptsInProgress } from './attempts-in-progress';
import { attemptOf, type CallbackAttempt, type CallbackRecord } from './callback-record';
import { evaluateAssignmentResponse, evaluateEventResponse } from './evaluate-response';
import { type Attempt, post, signedRequest } from './post';
import type { Transport } from './transport';

interface ReplaysOptions {
  /** Signs the requests; used for nothing else. */
  readonly authToken: string;
  readonly clock: Clock;
  /** Sends the requests. It belongs to the replays: `close` closes it. */
  readonly transport: Transport;
}

/** The URL and parameters to send in place of the original ones. */
export interface ReplayEdits {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Sends callbacks again, with a new signature, over the same transport, and within the same time limits, but without retries
 * and without the fallback URL. The response is evaluated as usual, but only for the caller: it is not applied.
 */
export class Replays {
  private readonly inProgress = new AttemptsInProgress();

  constructor(private readonly options: ReplaysOptions) {}

  /**
   * @param original the unmasked record
   * @param id its ID in the log
   * @throws InvalidParameter if it was never sent, DeliveryStopped if `close` is called meanwhile
   */
  async send(original: CallbackRecord, id: number, edits: ReplayEdits): Promise<CallbackRecord> {
    const [first] = original.attempts;
    if (!first) throw new InvalidParameter(`Callback ${id} was never sent, so it cannot be replayed`);
    const startedAt = this.options.clock.now();
    const request = signedRequest(
      { kind: original.kind, role: first.role, sid: replaySid(original), ...edits },
      this.options.authToken,
    );
    const exchange = await post(this.options.transport, request, first.settings, this.inProgress);
    const made: Attempt = { request, number: 1, startedAt, exchange, settings: first.settings };
    return { ...original, at: startedAt, ...resultOf(original.kind, made), replayOf: id };
  }

  /** Aborts the replays in progress. */
  async close(): Promise<void> {
    this.inProgress.stop();
    await this.options.transport.close();
  }
}

/**
 * Our choice: a replay has its own idempotency token, so that a receiver that checks tokens handles it again instead of
 * repeating its first response.
 */
function replaySid(original: CallbackRecord): string {
  return `${original.eventSid ?? original.reservationSid}/replay/${randomSid('')}`;
}

function resultOf(
  kind: CallbackRecord['kind'],
  made: Attempt,
): Pick<CallbackRecord, 'attempts' | 'outcome' | 'result'> {
  if (kind === 'event') {
    const attempt = attemptOf(made, evaluateEventResponse);
    return { attempts: [attempt], outcome: attempt.alert ? 'dropped' : 'delivered', result: null };
  }
  const evaluated = evaluateAssignmentResponse(made.exchange);
  const attempt: CallbackAttempt = attemptOf(made, () => evaluated.alert);
  return {
    attempts: [attempt],
    outcome: assignmentOutcome(evaluated, attempt),
    result: evaluated.result,
  };
}
