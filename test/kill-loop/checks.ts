import { Engine } from '../../src/taskrouter/engine/engine';
import type { Entity } from '../../src/taskrouter/model/entities';
import { EngineInvariants, statusesAgree } from '../engine/engine-invariants';
import type { Receiver } from './receiver';
import type { StoredEvent, StoredState } from './stored-state';

/** More tasks take too long to compare with every worker. */
const maxComparedTasks = 400;

/** What in a state contradicts itself, as half of a write would. */
export function contradictions(state: StoredState): string[] {
  const missing = dangling(state);
  // The engine loads no such state.
  if (missing.length > 0) return missing;
  const engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: () => '' });
  engine.load(state.rows, state.sequence);
  const { view } = engine;
  const disagreeing = state.rows.tasks
    .filter((task) => !statusesAgree(task, view.reservationsOfTask(task.sid)))
    .map(({ sid, status }) => `${status} task ${sid} with other reservations`);
  return [...disagreeing, ...disorder(state.events), ...invariants(engine, state)];
}

function invariants(engine: Engine, { rows }: StoredState): string[] {
  if (rows.tasks.length > maxComparedTasks) return [];
  try {
    for (const { sid } of rows.workspaces) new EngineInvariants({ engine, workspaceSid: sid }).checkState();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

const references = ['workspaceSid', 'workflowSid', 'taskQueueSid', 'taskSid', 'workerSid', 'activitySid'];

/** References to what does not exist. Only callbacks may be about something that is gone. */
function dangling({ rows }: StoredState): string[] {
  const { deliveries: _, ...others } = rows;
  const all: Entity[] = Object.values(others).flat();
  const known = new Set(all.map(({ sid }) => sid));
  return all.flatMap((row) =>
    Object.entries(row)
      .filter(([name, value]) => references.includes(name) && typeof value === 'string' && !known.has(value))
      .map(([name, value]) => `${row.sid} has ${name} ${value}, which does not exist`),
  );
}

function disorder(events: readonly StoredEvent[]): string[] {
  return events
    .filter(({ date }, at) => at > 0 && date < (events[at - 1] as StoredEvent).date)
    .map(({ sid }) => `event ${sid} is dated before the one before it`);
}

/** Events that were there before. `isTorn` if the last ones may be gone. */
export function lostEvents(
  before: readonly StoredEvent[],
  now: readonly StoredEvent[],
  isTorn: boolean,
): string[] {
  const end = isTorn ? Math.min(before.length, now.length) : before.length;
  return before
    .slice(0, end)
    .filter(({ sid }, at) => now[at]?.sid !== sid)
    .map(({ sid }) => `event ${sid}`);
}

/** Pending reservations whose time was over when the service had started. @param now Unix milliseconds */
export function overdue({ rows }: StoredState, now: number): string[] {
  return rows.reservations
    .filter(({ status, onHold, expiresAt }) => status === 'pending' && !onHold && expiresAt < now)
    .map(({ sid }) => `reservation ${sid} is pending beyond its timeout`);
}

/**
 * Callbacks that were in the outbox when the service ended, and that have neither come again nor been settled without
 * being sent, as for a reservation that timed out meanwhile.
 */
export function unsent(before: StoredState, now: StoredState, receiver: Receiver): string[] {
  const isPending = new Set(
    now.rows.reservations.filter(({ status }) => status === 'pending').map(({ sid }) => sid),
  );
  const waits = new Set(now.rows.deliveries.map(({ sid }) => sid));
  return before.rows.deliveries
    .filter(({ sid, kind }) => waits.has(sid) || kind === 'event' || isPending.has(sid))
    .filter(({ sid }) => !receiver.hasInThisRun(sid))
    .map(({ sid, kind }) => `${kind} callback ${sid}`);
}

/** Reservations that are pending, are not in the outbox, and were never announced. */
export function unannounced({ rows }: StoredState, receiver: Receiver): string[] {
  const waits = new Set(rows.deliveries.map(({ sid }) => sid));
  return rows.reservations
    .filter(({ sid, status }) => status === 'pending' && !waits.has(sid) && !receiver.has(sid))
    .map(({ sid }) => `reservation ${sid} was never announced`);
}
