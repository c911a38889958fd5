import { type EntryOutcome, entryOutcomeOfCallback } from '../../common/entry-outcome';
import { callbackKinds } from '../webhooks/transport';
import { subjectsOf } from './entry-json';
import type { JournalEntry } from './journal';
import { isRead } from './request-log';

export const journalKinds = ['change', 'read', ...callbackKinds, 'alert'] as const;
/** REST requests that write or read, the callbacks, and alerts. */
type JournalKind = (typeof journalKinds)[number];

export interface JournalQuery {
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly callSid?: string | undefined;
  readonly kind?: JournalKind | undefined;
  readonly outcome?: EntryOutcome | undefined;
}

/** Whether an entry matches. Events always match, because the page uses them to follow a task under any filter. */
export function matchesJournal(one: JournalEntry, query: JournalQuery): boolean {
  if (one.type === 'event') return true;
  return (
    (query.kind === undefined || kindOf(one) === query.kind) &&
    (query.outcome === undefined || outcomeOf(one) === query.outcome) &&
    hasSubjects(one, query)
  );
}

const subjectNames = ['taskSid', 'workerSid', 'callSid'] as const;
type Subjects = Readonly<Record<(typeof subjectNames)[number], string | null>>;

/** The subjects of a request are read from its response, so only if the query names any. */
function hasSubjects(one: Shown, query: JournalQuery): boolean {
  const wanted = subjectNames.filter((name) => query[name] !== undefined);
  if (wanted.length === 0) return true;
  const found = subjects(one);
  return wanted.every((name) => found[name] === query[name]);
}

type Shown = Exclude<JournalEntry, { type: 'event' }>;

function subjects(one: Shown): Subjects {
  if (one.type !== 'request') return one.entry;
  const { task_sid: taskSid, worker_sid: workerSid, call_sid: callSid } = subjectsOf(one.entry);
  return { taskSid, workerSid, callSid };
}

function kindOf(one: Shown): JournalKind {
  if (one.type === 'alert') return 'alert';
  if (one.type === 'callback') return one.entry.kind;
  return isRead(one.entry) ? 'read' : 'change';
}

function outcomeOf(one: Shown): EntryOutcome {
  if (one.type === 'alert') return 'error';
  if (one.type === 'callback') return entryOutcomeOfCallback(one.entry.outcome);
  return one.entry.status >= 400 ? 'error' : 'ok';
}
