import type { Clock } from '../../system/clock';
import { randomSid } from '../../system/ids';
import { InvalidParameter } from '../model/errors';
import { assignmentOutcome } from './assignment';
import { AttemptsInProgress } from './attempts-in-progress';
import { attemptOf, type CallbackAttempt, type CallbackRecord } from './callback-record';
import { evaluateAssignmentResponse } from './evaluate-response';
import { type Attempt, post, signedRequest } from './post';
import { noticeEvaluation, type ResponseEvaluation } from './response-evaluation';
import type { CallbackRequest, Transport } from './transport';
import { signedVoiceRequest } from './voice-request';

interface ReplaysOptions {
  /** Signs the requests; used for nothing else. */
  readonly authToken: string;
  readonly clock: Clock;
  /** Sends the requests. It belongs to the replays: `close` closes it. */
  readonly transport: Transport;
  /** For the responses to requests for TwiML. */
  readonly twiml: ResponseEvaluation;
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
    const request = this.signed(original, first, edits);
    const exchange = await post(this.options.transport, request, first.settings, this.inProgress);
    const made: Attempt = { request, number: 1, startedAt, exchange, settings: first.settings };
    return { ...original, at: startedAt, ...this.resultOf(original, made), replayOf: id };
  }

  /** Aborts the replays in progress. */
  async close(): Promise<void> {
    this.inProgress.stop();
    await this.options.transport.close();
  }

  private signed(
    original: CallbackRecord,
    { method, role }: CallbackAttempt,
    edits: ReplayEdits,
  ): CallbackRequest {
    const { kind } = original;
    const { authToken } = this.options;
    const sid = replaySid(original);
    if (kind === 'voice') return signedVoiceRequest({ method, role, subject: sid, ...edits }, authToken);
    return signedRequest({ kind, role, sid, ...edits }, authToken);
  }

  private resultOf({ kind, outcome }: CallbackRecord, made: Attempt): ReplayResult {
    if (kind === 'assignment') return assignmentResult(made);
    const asksForTwiml = kind === 'voice' && outcome !== 'delivered' && outcome !== 'dropped';
    const { alertOf, outcomeOf } = asksForTwiml ? this.options.twiml : noticeEvaluation;
    const attempt = attemptOf(made, alertOf);
    return { attempts: [attempt], outcome: outcomeOf(attempt), result: null };
  }
}

/**
 * Our choice: a replay has its own idempotency token, so that a receiver that checks tokens handles it again instead of
 * repeating its first response.
 */
function replaySid({ callSid, eventSid, reservationSid }: CallbackRecord): string {
  return `${callSid ?? eventSid ?? reservationSid}/replay/${randomSid('')}`;
}

type ReplayResult = Pick<CallbackRecord, 'attempts' | 'outcome' | 'result'>;

function assignmentResult(made: Attempt): ReplayResult {
  const evaluated = evaluateAssignmentResponse(made.exchange);
  const attempt = attemptOf(made, () => evaluated.alert);
  return {
    attempts: [attempt],
    outcome: assignmentOutcome(evaluated, attempt),
    result: evaluated.result,
  };
}
