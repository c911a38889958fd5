import type { CallMap } from '../../../assets/calls/call-map';
import type { Entry } from './entries';
import { isError, type Kind, kindNames, kindOf } from './entry-kinds';
import { outcomeOf } from './entry-text';

export interface Filter {
  readonly kinds: ReadonlySet<Kind>;
  readonly errorsOnly: boolean;
  readonly outcome: string | null;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly callSid: string | null;
  readonly text: string;
}

/** Reads are frequent and change nothing, so they are hidden by default. */
export const defaultFilter: Filter = {
  kinds: new Set(kindNames.filter((kind) => kind !== 'read')),
  errorsOnly: false,
  outcome: null,
  taskSid: null,
  workerSid: null,
  callSid: null,
  text: '',
};

/** Our choice: more rows than anyone reads. A filter shows older ones. */
export const maxShown = 1000;

/** Newest first. A request of a call also has the task and the worker that the call has got since. */
export function filterEntries(
  entries: readonly Entry[],
  filter: Filter,
  calls: CallMap = new Map(),
): Entry[] {
  const found: Entry[] = [];
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  for (let index = entries.length - 1; index >= 0 && found.length < maxShown; index -= 1) {
    const entry = entries[index];
    if (entry && matches(entry, filter, calls) && words.every((word) => textOf(entry).includes(word)))
      found.push(entry);
  }
  return found;
}

/** The number of entries of each kind. */
export function countKinds(entries: readonly Entry[]): Readonly<Record<Kind, number>> {
  const counts = Object.fromEntries(kindNames.map((kind) => [kind, 0])) as Record<Kind, number>;
  for (const entry of entries) counts[kindOf(entry)] += 1;
  return counts;
}

function matches(entry: Entry, filter: Filter, calls: CallMap): boolean {
  const { kinds, errorsOnly, outcome, taskSid, workerSid, callSid } = filter;
  const call = calls.get(entry.call_sid ?? '');
  return (
    kinds.has(kindOf(entry)) &&
    (!errorsOnly || isError(entry)) &&
    (outcome === null || outcomeOf(entry) === outcome) &&
    (taskSid === null || entry.task_sid === taskSid || call?.task_sid === taskSid) &&
    (workerSid === null || entry.worker_sid === workerSid || call?.worker_sid === workerSid) &&
    (callSid === null || entry.call_sid === callSid)
  );
}

/** Computed once for each entry, because entries never change. */
const searchTexts = new WeakMap<Entry, string>();

function textOf(entry: Entry): string {
  let text = searchTexts.get(entry);
  if (text === undefined) {
    text = JSON.stringify(entry).toLowerCase().replaceAll('\\"', '"');
    searchTexts.set(entry, text);
  }
  return text;
}
