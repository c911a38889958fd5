import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { seededSids } from '../system/ids';
import { clockObstacle } from '../taskrouter/snapshot/clock-obstacle';
import { prepareSnapshot } from '../taskrouter/snapshot/prepare-snapshot';
import type { TaskRouterService } from '../taskrouter/start';
import { MemoryStore } from '../taskrouter/store/memory';
import type { TestKitOptions } from './contract';
import type { Settings } from './options';
import { type InProcess, startInProcess } from './start-in-process';

/** Starts with the state of a snapshot. @throws SnapshotRefused, Error if its time does not suit the system's clock */
export async function startFromSnapshot(
  file: string,
  settings: Settings & { readonly voiceUrl?: string | undefined },
  { respond, seed = 0 }: TestKitOptions,
): Promise<InProcess> {
  const text = readFileSync(file, 'utf8');
  const options = { name: file, callbacks: respond !== undefined };
  const { snapshot } = prepareSnapshot(text, settings.accountSid, options);
  const isVirtual = settings.startsAt !== null;
  const obstacle = clockObstacle(snapshot, { isVirtual, now: Date.now() });
  if (obstacle) throw new Error(obstacle);
  const store = new MemoryStore();
  await store.replace(snapshot);
  // The sids of the seed itself are those of the snapshot, if it was saved by the test kit.
  const newSid = seededSids(`${seed} after ${snapshot.sequence}`);
  const startsAt = isVirtual ? snapshot.time : null;
  return startInProcess({ ...settings, newSid, startsAt, store, respond });
}

/** Documented in contract.ts. Only the owner can read the file: tasks hold personal data of callers. */
export async function saveSnapshot({ snapshots }: TaskRouterService, file: string): Promise<void> {
  await writeFile(file, snapshots.save(), { mode: 0o600 });
}
