import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import type { SnapshotSource } from '../../src/taskrouter/snapshot/write-snapshot';
import { writeSnapshot } from '../../src/taskrouter/snapshot/write-snapshot';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import type { EngineBench } from '../support/engine-bench';

/** That of an EngineBench. */
export const accountSid = `AC${'0'.repeat(32)}`;

/** The text of a snapshot of the bench's state, with these events. */
export async function savedText(
  { stored, now }: Pick<EngineBench, 'stored' | 'now'>,
  events: readonly TaskRouterEvent[] = [],
  secrets: readonly string[] = [],
): Promise<string> {
  const store = new MemoryStore();
  const contents = { rows: stored.rows(), sequence: stored.sequence, time: now };
  await store.replace({ ...contents, events });
  return textOf({ contents, store, accountSid, secrets });
}

export async function textOf(source: SnapshotSource): Promise<string> {
  const parts: string[] = [];
  for await (const part of writeSnapshot(source)) parts.push(part);
  return parts.join('');
}
