import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, temporaryFolder } from './taskrouter-process';

/** The stages of one walk through the lifecycle, as `demo` and `rehearse` show them. */
export const stages = [
  'Task created',
  'Eligible Worker becomes available',
  'Worker reserved',
  'Reservation accepted',
  'Task assigned',
  'Task wrapping',
  'Task completed',
];

/** The stages of a call, as `demo --voice` and `rehearse` show them. */
export const voiceStages = [
  'Unsigned request rejected',
  'Call answered',
  'Spanish chosen',
  'Task created',
  'Caller waits',
  'Eligible Worker becomes available',
  'Worker reserved',
  "Alice's phone rings",
  'Caller bridged to Alice',
  'Task assigned',
  'Both hung up',
  'Alice after the call',
  'Task completed',
  'Signatures valid',
];

/** A workspace file with which a walk fails: workers stay Reserved after accepting. */
export function unreachableStage(): { readonly workspace: string; readonly reason: string } {
  const desired = JSON.parse(readFileSync(path.join(projectRoot, 'workspace.json'), 'utf8'));
  for (const queue of desired.taskQueues) queue.assignmentActivity = 'Reserved';
  const workspace = path.join(temporaryFolder(), 'workspace.json');
  writeFileSync(workspace, JSON.stringify(desired));
  return { workspace, reason: "Alice's activity is Reserved, but should be Busy." };
}
