/** What can be explained, by the prefix of its SID. */
const kinds = { WT: 'task', WK: 'worker', WR: 'reservation' } as const;

/** @throws Error for other SIDs */
export function subjectKind(sid: string): (typeof kinds)[keyof typeof kinds] {
  const kind = kinds[sid.slice(0, 2) as keyof typeof kinds];
  if (!kind) throw new Error(`${sid} is neither a task, a worker, nor a reservation`);
  return kind;
}
