import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ActivityInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/activity';
import { LifecycleError } from './errors';
import { nameList } from './name-list';

/** A workspace has at most 100 activities: https://www.twilio.com/docs/taskrouter/limits */
const maxActivities = 100;

/**
 * The activity with this sid or name. If no name matches exactly, the letter case is ignored.
 * @throws {LifecycleError} `activity_not_found`, with the existing names.
 */
export async function findActivity(
  workspace: WorkspaceContext,
  sidOrName: string,
): Promise<ActivityInstance> {
  const activities = await workspace.activities.list({ pageSize: maxActivities, limit: maxActivities });
  const found =
    activities.find(({ sid, friendlyName }) => sid === sidOrName || friendlyName === sidOrName) ??
    activities.find(({ friendlyName }) => friendlyName.toLowerCase() === sidOrName.toLowerCase());
  if (found !== undefined) return found;
  const names = nameList(activities.map(({ friendlyName }) => friendlyName));
  throw new LifecycleError('activity_not_found', `Activity not found. The workspace has: ${names}.`);
}
