import type { CallbackEntry, Entry } from './entries';
import type { NameIndex } from './name-index';

/** The outcomes as a person would say them, in few words. */
const outcomes: Readonly<Record<string, string>> = {
  delivered: 'delivered',
  dropped: 'dropped',
  no_instruction: 'no instruction',
  refused: 'refused',
  timed_out: 'timed out',
  failed: 'failed',
  withdrawn: 'withdrawn',
};

/** The outcomes after which the reservation waits on for somebody. */
const leftPending: readonly string[] = ['no_instruction', 'refused'];

/** What a callback came to, and what that means. */
export function outcomeText(entry: CallbackEntry): string {
  const words = shortOutcome(entry);
  return leftPending.includes(entry.outcome) ? `${words}: stays pending` : words;
}

function shortOutcome({ outcome, replay_of }: CallbackEntry): string {
  const words = outcomeName(outcome);
  return replay_of === null ? words : `would be: ${words}`;
}

function outcomeName(outcome: string): string {
  return outcome.startsWith('instruction:') ? outcome.slice(12) : (outcomes[outcome] ?? outcome);
}

/** How an entry ended, to narrow the list down by: an HTTP status, the outcome of a callback, or the level of an alert. */
export function outcomeOf(entry: Entry): string {
  if (entry.type === 'request') return String(entry.status);
  return entry.type === 'callback' ? outcomeName(entry.outcome) : entry.level;
}

/** The end of a sid, by which people tell them apart. */
export const shortSid = (sid: string): string => `${sid.slice(0, 2)}…${sid.slice(-4)}`;

/** A row of the list: what it is, about whom, and how it ended. */
export interface Summary {
  readonly title: string;
  readonly about: string;
  readonly result: string;
  readonly duration: string;
}

export function summaryOf(entry: Entry, names: NameIndex): Summary {
  const about = [
    entry.worker_sid && (names.of(entry.worker_sid) ?? shortSid(entry.worker_sid)),
    entry.task_sid && shortSid(entry.task_sid),
  ]
    .filter(Boolean)
    .join(' · ');
  if (entry.type === 'alert')
    return { title: `${entry.code} ${entry.detail}`, about, result: entry.level, duration: '' };
  if (entry.type === 'request')
    return {
      title: entry.operation ?? `${entry.method} ${entry.path}`,
      about,
      result: String(entry.status),
      duration: millisecondsText(entry.duration_ms),
    };
  const spent = entry.attempts.reduce((sum, { duration_ms }) => sum + duration_ms, 0);
  return { title: callbackTitle(entry), about, result: answered(entry), duration: millisecondsText(spent) };
}

export function callbackTitle({ kind, event_type, replay_of }: CallbackEntry): string {
  const title = kind === 'assignment' ? 'Assignment callback' : (event_type ?? 'Event callback');
  return replay_of === null ? title : `Replay of ${replay_of}: ${title.toLowerCase()}`;
}

function answered(entry: CallbackEntry): string {
  const status = entry.attempts.at(-1)?.response?.status;
  return [status, shortOutcome(entry)].filter(Boolean).join(' ');
}

export function millisecondsText(duration: number): string {
  return duration >= 1000 ? `${(duration / 1000).toFixed(1)} s` : `${Math.round(duration)} ms`;
}
