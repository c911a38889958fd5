import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { MatchedFilter } from './infer-step';
import { type AccountEvent, readRecentEvents } from './recent-events';
import { attributesOf } from './rows';
import type { TaskPlaces } from './task-places';

/** The filter that a task matched last, from its events; undefined if its position is certain without them. */
export async function readMatchedFilter(
  context: WorkspaceContext,
  places: TaskPlaces,
  tasks: readonly TaskInstance[],
  taskSid: string | undefined,
  now: number,
): Promise<MatchedFilter | undefined> {
  const task = tasks.find(({ sid }) => sid === taskSid);
  if (!task || places.stepOf(task, attributesOf(task.attributes)).isCertain) return undefined;
  const filters = { eventType: 'workflow.target-matched', taskSid: task.sid };
  const { events } = await readRecentEvents(context, now, filters);
  return lastMatch(events);
}

/** @param events newest first */
function lastMatch(events: readonly AccountEvent[]): MatchedFilter | undefined {
  const [last] = events;
  const expression = last && expressionOf(last);
  if (!last || expression === undefined) return undefined;
  const next = events.findIndex((event) => expressionOf(event) !== expression);
  return { expression, date: last.date, targets: next === -1 ? events.length : next };
}

/** Events show the expression in a JSON list. */
function expressionOf({ fields }: AccountEvent): string | undefined {
  try {
    const [expression] = JSON.parse(fields.workflow_filter_expression ?? '[]');
    return typeof expression === 'string' ? expression : undefined;
  } catch {
    return undefined;
  }
}
