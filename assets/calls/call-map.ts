import { type Call, isOver } from './call';

/** By SID, in the order in which they began. */
export type CallMap = ReadonlyMap<string, Call>;

/** Our choice: as many as TaskRouter keeps. */
const maxFinished = 100;

/** The calls with one as it is now, and without the oldest of those that are over. */
export function withCall(calls: CallMap, call: Call): CallMap {
  const changed = new Map(calls).set(call.call_sid, call);
  const finished = [...changed.values()].filter(isOver);
  for (const { call_sid } of finished.slice(0, -maxFinished)) changed.delete(call_sid);
  return changed;
}
