import { printable } from '../../common/printable';
import type { CallbackAttempt, CallbackOutcome } from '../webhooks/callback-record';
import type { AlertEntry } from './alert-log';
import type { CallbackEntry } from './callback-log';

/** The outcomes that need other words than their codes. */
const outcomeTexts: Readonly<Partial<Record<CallbackOutcome, string>>> = {
  'instruction:accept': 'accepted',
  'instruction:reject': 'rejected',
  'instruction:dequeue': 'calling the worker, accepts on answer',
  'instruction:call': 'calling the worker',
  'instruction:redirect': "redirecting the caller's call",
  'instruction:conference': 'calling the worker into a conference, accepts on answer',
  no_instruction: 'no instruction, the reservation stays pending',
  refused: 'invalid instruction, the reservation stays pending',
  timed_out: 'timed out',
  twiml: 'TwiML',
};

/**
 * One line for a callback, as the terminal shows it.
 * @param workerName the name of the worker with this sid; the line shows the sid if it is undefined
 */
export function callbackLine(
  entry: CallbackEntry,
  workerName: (workerSid: string) => string | undefined = () => undefined,
): string {
  const last = entry.attempts.at(-1);
  const parts = [
    entry.replayOf !== null && `replay of ${entry.replayOf}`,
    subjectText(entry, workerName),
    last && `${last.method} ${last.url}`,
    last && (entry.outcome === 'twiml' ? String(last.response?.status) : responseText(last)),
    last && `${Math.round(last.durationMs)} ms`,
    outcomeTexts[entry.outcome] ?? entry.outcome,
    routeText(entry),
    last?.alert && `[${last.alert.code}] ${last.alert.message}. ${last.alert.remedy}`,
  ];
  return printable(parts.filter(Boolean).join('  '));
}

/** One line for an alert, as the terminal shows it: level, Twilio's code if any, what happened, what to do. */
export function alertLine({ level, code, detail, remedy }: AlertEntry): string {
  const label = code === null ? level : `${level} ${code}`;
  return printable(`${label}  ${detail}. ${remedy}`);
}

function subjectText(entry: CallbackEntry, workerName: (workerSid: string) => string | undefined): string {
  if (entry.kind === 'voice') return `call ${entry.callSid}`;
  if (entry.kind === 'event')
    return ['event', entry.eventType, entry.taskSid ?? entry.workerSid].filter(Boolean).join(' ');
  const worker = entry.workerSid && (workerName(entry.workerSid) ?? entry.workerSid);
  return `assignment ${entry.taskSid} → ${worker}`;
}

function responseText({ response, error }: CallbackAttempt): string {
  if (!response) return error?.kind ?? 'no response';
  const body = response.body.length > 120 ? `${response.body.slice(0, 120)}…` : response.body;
  return body ? `${response.status} ${body}` : String(response.status);
}

/** Mentions only exceptions: the fallback URL and several attempts. */
function routeText({ attempts }: CallbackEntry): string {
  const several = attempts.length > 1 ? `${attempts.length} attempts` : '';
  return [attempts.at(-1)?.role === 'fallback' && 'fallback URL', several].filter(Boolean).join(', ');
}
