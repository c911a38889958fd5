import type { QueueLoad } from './queue-loads';

/** The loads of a queue since the page was opened: three columns of equal length, oldest first. */
export interface QueueHistory {
  /** Seconds since 1970, by the browser's clock. */
  readonly at: readonly number[];
  readonly waiting: readonly number[];
  /** In seconds. */
  readonly longestWait: readonly number[];
}

/** By the sid of the queue. */
export type QueueHistories = ReadonlyMap<string, QueueHistory>;

/** Our choice, in seconds: enough to look back on at a glance. */
const maxAge = 30 * 60;
const empty: QueueHistory = { at: [], waiting: [], longestWait: [] };

/** The histories with one more load at time `at`, in seconds since 1970, and without what is too old. */
export function appendLoads(
  histories: QueueHistories,
  loads: readonly QueueLoad[],
  at: number,
): QueueHistories {
  return new Map(
    loads.map((load) => {
      const sid = load.queue.task_queue_sid;
      return [sid, appended(histories.get(sid) ?? empty, load, at)];
    }),
  );
}

function appended(history: QueueHistory, { waiting, longestWait }: QueueLoad, at: number): QueueHistory {
  const firstKept = history.at.findIndex((past) => past >= at - maxAge);
  const from = firstKept < 0 ? history.at.length : firstKept;
  return {
    at: [...history.at.slice(from), at],
    waiting: [...history.waiting.slice(from), waiting],
    longestWait: [...history.longestWait.slice(from), longestWait],
  };
}
