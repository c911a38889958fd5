import type { QueueLoad } from './queue-loads';

/** What was seen of a queue while the page was open: three columns of one length, the oldest first. */
export interface QueueHistory {
  /** In s since 1970, by the clock of this computer. */
  readonly at: readonly number[];
  readonly waiting: readonly number[];
  /** In s. */
  readonly longestWait: readonly number[];
}

export type QueueHistories = ReadonlyMap<string, QueueHistory>;

/** Our choice: what one looks back on beside one's work. In s. */
const keptSeconds = 30 * 60;
const none: QueueHistory = { at: [], waiting: [], longestWait: [] };

/** The histories with one more reading, taken `at` that second; what is too old to be shown is dropped. */
export function withReading(
  histories: QueueHistories,
  loads: readonly QueueLoad[],
  at: number,
): QueueHistories {
  return new Map(
    loads.map((load) => {
      const sid = load.queue.task_queue_sid;
      return [sid, extended(histories.get(sid) ?? none, load, at)];
    }),
  );
}

function extended(history: QueueHistory, { waiting, longestWait }: QueueLoad, at: number): QueueHistory {
  const kept = history.at.findIndex((past) => past >= at - keptSeconds);
  const from = kept < 0 ? history.at.length : kept;
  return {
    at: [...history.at.slice(from), at],
    waiting: [...history.waiting.slice(from), waiting],
    longestWait: [...history.longestWait.slice(from), longestWait],
  };
}
