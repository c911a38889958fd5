import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ActivityInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/activity';
import { LifecycleError } from './errors';

/** A workspace has at most 100 activities: https://www.twilio.com/docs/taskrouter/limits */
const mostActivities = 100;

/**
 * The activity with this sid or name; a name in other letter case will do if no other activity matches exactly.
 * @throws {LifecycleError} `activity_not_found`, with the names there are.
 */
export async function findActivity(
  workspace: WorkspaceContext,
  sidOrName: string,
): Promise<ActivityInstance> {
  const activities = await workspace.activities.list({ pageSize: mostActivities, limit: mostActivities });
  const found =
    activities.find(({ sid, friendlyName }) => sid === sidOrName || friendlyName === sidOrName) ??
    activities.find(({ friendlyName }) => friendlyName.toLowerCase() === sidOrName.toLowerCase());
  if (found !== undefined) return found;
  const names = activities.map(({ friendlyName }) => friendlyName).join(', ');
  throw new LifecycleError('activity_not_found', `There is no such activity. The workspace has: ${names}.`);
}
