import { Engine } from '../../src/taskrouter/engine/engine';
import type { Entity } from '../../src/taskrouter/model/entities';
import { EngineInvariants, statusesAgree } from '../engine/engine-invariants';
import { isLive } from '../engine/naive-matching';
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

/** Workers with more reservations on a channel than its capacity. There are none while no capacity is lowered. */
export function exceededCapacities({ rows }: StoredState): string[] {
  const used = new Map<string, number>();
  const key = (workerSid: string, taskChannelSid: string) => `${workerSid} ${taskChannelSid}`;
  for (const reservation of rows.reservations.filter(isLive)) {
    const channel = key(reservation.workerSid, reservation.taskChannelSid);
    used.set(channel, (used.get(channel) ?? 0) + 1);
  }
  return rows.workerChannels
    .map((channel) => ({ ...channel, used: used.get(key(channel.workerSid, channel.taskChannelSid)) ?? 0 }))
    .filter((channel) => channel.used > channel.configuredCapacity)
    .map(
      (channel) => `worker ${channel.workerSid} has ${channel.used} reservations on channel ${channel.sid}`,
    );
}
