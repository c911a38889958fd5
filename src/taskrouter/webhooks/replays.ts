import { setMaxListeners } from 'node:events';
import type { Clock } from '../../system/clock';
import { randomSid } from '../../system/ids';
import { InvalidParameter } from '../model/errors';
import { assignmentOutcome } from './assignment';
import { attemptOf, type CallbackAttempt, type CallbackRecord } from './callback-record';
import { evaluateAssignmentResponse, evaluateEventResponse } from './evaluate-response';
import { HttpTransport, type NewAgent } from './http-transport';
import { type CallbackResponder, inProcessTransport } from './in-process-transport';
import type { Attempt } from './post';
import { post, signedRequest } from './post';
import type { Transport } from './transport';

export interface ReplaysOptions {
  /** Signs the requests; appears nowhere else. */
  readonly authToken: string;
  readonly clock: Clock;
  /** Answers callbacks in place of HTTP. */
  readonly respond?: CallbackResponder | undefined;
  /** Makes the connections; directly to the receiver unless told. */
  readonly newAgent?: NewAgent | undefined;
}

/** What to send in place of what was sent. */
export interface ReplayEdits {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Sends callbacks once more, signed afresh, through the same transport and within the same time limits. Sent once: no
 * retry, no fallback URL. What comes back is judged as usual and told to nobody but the caller: the engine never hears
 * of it.
 */
export class Replays {
  private readonly transport: Transport;
  private readonly stopping = new AbortController();

  constructor(private readonly options: ReplaysOptions) {
    const { respond, newAgent } = options;
    this.transport = respond ? inProcessTransport(respond) : new HttpTransport(newAgent);
    setMaxListeners(0, this.stopping.signal);
  }

  /**
   * @param original as it was recorded, with the id it has in the log
   * @throws InvalidParameter when it was never sent, DeliveryStopped when `close` comes first
   */
  async send(original: CallbackRecord, id: number, edits: ReplayEdits): Promise<CallbackRecord> {
    const [first] = original.attempts;
    if (!first) throw new InvalidParameter(`Callback ${id} was never sent, so that it cannot be sent again`);
    const startedAt = this.options.clock.now();
    const request = signedRequest(
      { kind: original.kind, role: first.role, sid: replaySid(original), ...edits },
      this.options.authToken,
    );
    const exchange = await post(this.transport, request, first.settings, this.stopping.signal);
    const made: Attempt = { request, number: 1, startedAt, exchange, settings: first.settings };
    return { ...original, at: startedAt, ...resultOf(original.kind, made), replayOf: id };
  }

  /** Aborts what is under way. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.transport.close();
  }
}

/**
 * Our choice: a replay has an idempotency token of its own, so that a receiver which heeds tokens handles it afresh
 * instead of repeating its first answer.
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
