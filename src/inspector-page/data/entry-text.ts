import type { AlertEntry, CallbackEntry, Entry } from './entries';
import type { NameIndex } from './name-index';

/** The outcomes of callbacks as short texts. */
const outcomes: Readonly<Record<string, string>> = {
  delivered: 'delivered',
  dropped: 'dropped',
  no_instruction: 'no instruction',
  refused: 'refused',
  timed_out: 'timed out',
  failed: 'failed',
  twiml: 'TwiML',
  redirected: 'redirected',
  withdrawn: 'withdrawn',
};

/** The outcomes that leave the reservation pending. */
const leftPending: readonly string[] = ['no_instruction', 'refused'];

/** The outcome of a callback, and its consequence. */
export function outcomeText(entry: CallbackEntry): string {
  const text = shortOutcome(entry);
  return leftPending.includes(entry.outcome) ? `${text}: stays pending` : text;
}

function shortOutcome({ outcome, replay_of }: CallbackEntry): string {
  const name = outcomeName(outcome);
  return replay_of === null ? name : `would be: ${name}`;
}

function outcomeName(outcome: string): string {
  return outcome.startsWith('instruction:') ? outcome.slice(12) : (outcomes[outcome] ?? outcome);
}

/** The result of an entry, for the filter: an HTTP status, the outcome of a callback, or the level of an alert. */
export function outcomeOf(entry: Entry): string {
  if (entry.type === 'request') return String(entry.status);
  return entry.type === 'callback' ? outcomeName(entry.outcome) : entry.level;
}

/** A sid shortened to its prefix and its last digits. */
export const shortSid = (sid: string): string => `${sid.slice(0, 2)}…${sid.slice(-4)}`;

/** An entry as a row of the list. */
interface Summary {
  readonly title: string;
  /** The worker, and the task or else the call. */
  readonly subject: string;
  readonly result: string;
  readonly duration: string;
}

export function summaryOf(entry: Entry, names: NameIndex): Summary {
  const subject = [
    entry.worker_sid && (names.of(entry.worker_sid) ?? shortSid(entry.worker_sid)),
    entry.task_sid ? shortSid(entry.task_sid) : entry.call_sid && shortSid(entry.call_sid),
  ]
    .filter(Boolean)
    .join(' · ');
  if (entry.type === 'alert') return { title: alertTitle(entry), subject, result: entry.level, duration: '' };
  if (entry.type === 'request')
    return {
      title: entry.operation ?? `${entry.method} ${entry.path}`,
      subject,
      result: String(entry.status),
      duration: millisecondsText(entry.duration_ms),
    };
  const spent = entry.attempts.reduce((sum, { duration_ms }) => sum + duration_ms, 0);
  return {
    title: callbackTitle(entry),
    subject,
    result: callbackResult(entry),
    duration: millisecondsText(spent),
  };
}

/** Some warnings of the local TaskRouter have no code. */
export function alertTitle({ code, detail }: AlertEntry): string {
  return code === null ? detail : `${code} ${detail}`;
}

export function callbackTitle(entry: CallbackEntry): string {
  const title = originalTitle(entry);
  return entry.replay_of === null ? title : `Replay of #${entry.replay_of}: ${title}`;
}

function originalTitle({ kind, event_type, attempts }: CallbackEntry): string {
  if (kind === 'assignment') return 'Assignment callback';
  if (kind === 'event') return event_type ?? 'Event callback';
  const url = attempts[0]?.url ?? '';
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function callbackResult(entry: CallbackEntry): string {
  const status = entry.attempts.at(-1)?.response?.status;
  return [status, shortOutcome(entry)].filter(Boolean).join(' ');
}

export function millisecondsText(duration: number): string {
  return duration >= 1000 ? `${Number((duration / 1000).toFixed(1))} s` : `${Math.round(duration)} ms`;
}
