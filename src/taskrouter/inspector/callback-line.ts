import type { CallbackAttempt, CallbackOutcome } from '../webhooks/callback-record';
import type { CallbackEntry } from './callback-log';
import { printable } from './printable';

/** The outcomes as a person would say them. */
const said: Readonly<Partial<Record<CallbackOutcome, string>>> = {
  'instruction:accept': 'accepted',
  'instruction:reject': 'rejected',
  'instruction:dequeue': 'calling the worker, to accept when there is an answer',
  'instruction:call': 'calling the worker',
  'instruction:redirect': "redirecting the caller's call",
  'instruction:conference': 'calling the worker into a conference, to accept when there is an answer',
  no_instruction: 'no instruction, the reservation stays pending',
  refused: 'not carried out, the reservation stays pending',
  timed_out: 'timed out',
};

/**
 * One line of text for an entry, as the terminal shows it.
 * `workerName` gives the name for a worker's sid; without a name the sid stands in its place.
 */
export function callbackLine(
  entry: CallbackEntry,
  workerName: (workerSid: string) => string | undefined = () => undefined,
): string {
  const last = entry.attempts.at(-1);
  const parts = [
    entry.replayOf !== null && `replay of ${entry.replayOf}`,
    subject(entry, workerName),
    last && `POST ${last.url}`,
    last && answer(last),
    last && `${Math.round(last.durationMilliseconds)} ms`,
    said[entry.outcome] ?? entry.outcome,
    route(entry),
    last?.alert && `[${last.alert.code}] ${last.alert.message}. ${last.alert.remedy}`,
  ];
  return parts
    .filter(Boolean)
    .map((part) => printable(String(part)))
    .join('  ');
}

function subject(entry: CallbackEntry, workerName: (workerSid: string) => string | undefined): string {
  if (entry.kind === 'event')
    return ['event', entry.eventType, entry.taskSid ?? entry.workerSid].filter(Boolean).join(' ');
  const worker = entry.workerSid && (workerName(entry.workerSid) ?? entry.workerSid);
  return `assignment ${entry.taskSid} → ${worker}`;
}

function answer({ response, error }: CallbackAttempt): string {
  if (!response) return error?.kind ?? 'no answer';
  const body = response.body.length > 120 ? `${response.body.slice(0, 120)}…` : response.body;
  return body ? `${response.status} ${body}` : String(response.status);
}

/** Only what is out of the ordinary: the fallback, several requests. */
function route({ attempts }: CallbackEntry): string {
  const several = attempts.length > 1 ? `${attempts.length} requests` : '';
  return [attempts.at(-1)?.role === 'fallback' && 'by the fallback URL', several].filter(Boolean).join(', ');
}
