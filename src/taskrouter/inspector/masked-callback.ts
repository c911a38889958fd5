import { maskUrl } from '../../common/mask-url';
import type { Instruction } from '../model/read-instruction';
import type { CallbackAttempt, CallbackRecord } from '../webhooks/callback-record';
import { signatureHeader } from '../webhooks/signature';
import type { CallbackResponse } from '../webhooks/transport';
import { maskHeaders, maskParameters, maskResponseBody, maskSecretParameters, withoutSecrets } from './mask';

/** Our choice: enough for any instruction, while a thousand entries stay small. */
const maxBodyCharacters = 4096;

/**
 * A callback whose secrets are masked when somebody reads its texts, and not before: every callback is recorded, few are
 * looked at, and masking took a seventh of the service's time. Classes, because objects with getters of their own are slow
 * to make.
 */
export class MaskedCallback implements CallbackRecord {
  readonly #record: CallbackRecord;
  readonly #secrets: readonly string[];
  readonly kind: CallbackRecord['kind'];
  readonly at: number;
  readonly workspaceSid: string;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly reservationSid: string | null;
  readonly callSid: string | null;
  readonly eventSid: string | null;
  readonly eventType: string | null;
  readonly outcome: CallbackRecord['outcome'];
  readonly replayOf: number | null;

  constructor(
    readonly id: number,
    record: CallbackRecord,
    secrets: readonly string[],
  ) {
    this.#record = record;
    this.#secrets = secrets;
    this.kind = record.kind;
    this.at = record.at;
    this.workspaceSid = record.workspaceSid;
    this.taskSid = record.taskSid;
    this.workerSid = record.workerSid;
    this.reservationSid = record.reservationSid;
    this.callSid = record.callSid;
    this.eventSid = record.eventSid;
    this.eventType = record.eventType;
    this.outcome = record.outcome;
    this.replayOf = record.replayOf;
  }

  /** The callback with its secrets: only to send it again, never to show it. */
  static unmasked(callback: MaskedCallback): CallbackRecord {
    return callback.#record;
  }

  get attempts(): readonly CallbackAttempt[] {
    const secrets = () => secretsOf(this.#record, this.#secrets);
    return this.#record.attempts.map((attempt) => new MaskedAttempt(attempt, secrets));
  }

  get result(): CallbackRecord['result'] {
    return maskResult(withoutSecrets(this.#record.result, secretsOf(this.#record, this.#secrets)));
  }

  toJSON(): CallbackRecord & { readonly id: number } {
    return { ...this, attempts: this.attempts, result: this.result };
  }
}

class MaskedAttempt implements CallbackAttempt {
  readonly #attempt: CallbackAttempt;
  readonly #secrets: () => readonly string[];
  readonly method: CallbackAttempt['method'];
  readonly role: CallbackAttempt['role'];
  readonly number: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly settings: CallbackAttempt['settings'];

  constructor(attempt: CallbackAttempt, secrets: () => readonly string[]) {
    this.#attempt = attempt;
    this.#secrets = secrets;
    this.method = attempt.method;
    this.role = attempt.role;
    this.number = attempt.number;
    this.startedAt = attempt.startedAt;
    this.durationMs = attempt.durationMs;
    this.settings = attempt.settings;
  }

  get url(): string {
    return maskUrl(withoutSecrets(this.#attempt.url, this.#secrets()));
  }

  get request(): CallbackAttempt['request'] {
    const { headers, parameters } = withoutSecrets(this.#attempt.request, this.#secrets());
    return { headers: maskHeaders(headers), parameters: maskParameters(parameters) };
  }

  get response(): CallbackResponse | null {
    const { response } = this.#attempt;
    return response && maskResponse(response, this.#secrets());
  }

  get error(): CallbackAttempt['error'] {
    const { error } = this.#attempt;
    return error && withoutSecrets(error, this.#secrets());
  }

  get alert(): CallbackAttempt['alert'] {
    const { alert } = this.#attempt;
    return alert && withoutSecrets(alert, this.#secrets());
  }

  toJSON(): CallbackAttempt {
    const { url, request, response, error, alert } = this;
    return { ...this, url, request, response, error, alert };
  }
}

/** Masks and truncates long responses at once: a thousand entries must not hold a thousand long bodies. */
export function withShortBodies(record: CallbackRecord, secrets: readonly string[]): CallbackRecord {
  const isLong = ({ response }: CallbackAttempt) => (response?.body.length ?? 0) > maxBodyCharacters;
  if (!record.attempts.some(isLong)) return record;
  const attempts = record.attempts.map((attempt) => {
    const response = attempt.response && maskResponse(attempt.response, secretsOf(record, secrets));
    return { ...attempt, response };
  });
  return { ...record, attempts };
}

/**
 * The secrets of the service and the signatures of the requests, as a receiver can repeat them in text, JSON, and URLs.
 * Signatures are masked, because a replay signs any parameters: a reader of the log could otherwise send them to a
 * receiver as a request from Twilio.
 */
function secretsOf({ attempts }: CallbackRecord, secrets: readonly string[]): string[] {
  const signatures = attempts.flatMap(({ request }) => request.headers[signatureHeader] ?? []);
  const repeated = signatures.flatMap((text) => [
    text,
    text.replaceAll('/', '\\/'),
    encodeURIComponent(text),
  ]);
  return [...secrets, ...repeated];
}

function maskResponse(response: CallbackResponse, secrets: readonly string[]): CallbackResponse {
  const { status, headers, body } = withoutSecrets(response, secrets);
  return { status, headers: maskHeaders(headers), body: truncated(maskResponseBody(body)) };
}

function maskResult(result: CallbackRecord['result']): CallbackRecord['result'] {
  if (result?.kind !== 'instruction') return result;
  const { name, parameters } = result.instruction;
  return { ...result, instruction: { name, parameters: maskSecretParameters(parameters) } as Instruction };
}

function truncated(body: string): string {
  return body.length > maxBodyCharacters ? `${body.slice(0, maxBodyCharacters)}…` : body;
}
