import { type ExistingWorkspace, type Kind, nouns } from '../existing/existing';
import type { DesiredWorkspace } from '../file/schema';

interface Named {
  readonly friendlyName: string;
}

/** Why the existing workspace cannot match the file, one sentence each; none when it can. */
export function conflicts(desired: DesiredWorkspace, existing: ExistingWorkspace): string[] {
  return [
    ...availabilityConflicts(desired, existing),
    ...otherCase('activity', desired.activities, existing.activities),
    ...otherCase('worker', desired.workers, existing.workers),
    ...ambiguous('taskQueue', desired.taskQueues, existing.taskQueues),
    ...ambiguous('workflow', desired.workflows, existing.workflows),
  ];
}

/** Source: https://www.twilio.com/docs/taskrouter/api/activity: `Available` cannot be changed. */
function availabilityConflicts(desired: DesiredWorkspace, existing: ExistingWorkspace): string[] {
  return desired.activities.flatMap(({ friendlyName, available }) => {
    const present = existing.activities.find((activity) => activity.friendlyName === friendlyName);
    if (!present || present.available === available) return [];
    const is = present.available ? 'available' : 'not available';
    return [
      `The activity "${friendlyName}" is ${is}, and TaskRouter cannot change that. Use another name in the file, or write "available": ${present.available}.`,
    ];
  });
}

/** Names of activities and workers are unique without regard to case, so both spellings cannot exist. */
function otherCase(kind: Kind, wanted: readonly Named[], present: readonly Named[]): string[] {
  return wanted.flatMap(({ friendlyName }) => {
    if (present.some((each) => each.friendlyName === friendlyName)) return [];
    const lower = friendlyName.toLowerCase();
    const other = present.find((each) => each.friendlyName.toLowerCase() === lower);
    if (!other) return [];
    return [
      `The ${nouns[kind]} "${friendlyName}" exists as "${other.friendlyName}". Use the same spelling in the file.`,
    ];
  });
}

function ambiguous(kind: Kind, wanted: readonly Named[], present: readonly Named[]): string[] {
  return wanted.flatMap(({ friendlyName }) => {
    const count = present.filter((each) => each.friendlyName === friendlyName).length;
    if (count < 2) return [];
    return [
      `The workspace has ${count} ${nouns[kind]}s named "${friendlyName}". Rename all but one of them.`,
    ];
  });
}
