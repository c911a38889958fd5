import type { Command, ResultOf } from '../../src/taskrouter/model/commands';
import type { Attributes } from '../../src/taskrouter/model/entities';
import type { Random } from './random';
import type { Behavior } from './simulated-network';

/** The sids of one workspace, by name. */
export interface SimulatedWorkspace {
  readonly sid: string;
  readonly activities: Readonly<Record<string, string>>;
  readonly queues: Readonly<Record<'spanish' | 'english', string>>;
  readonly workflows: Readonly<Record<string, string>>;
  /** Those at the beginning; some leave. */
  readonly workers: readonly string[];
  /** Its receivers are always healthy, so that none of its callbacks may ever be late. */
  readonly isHealthy: boolean;
}

type Execute = <C extends Command>(command: C) => Promise<ResultOf<C>>;

/** One origin for everything, so that a receiver could delay its neighbors. */
const origin = 'http://functions.example';

/** Its receiver behaves differently from time to time. */
export const unreliableEventUrl = `${origin}/unreliable/event-callback`;

/** The behavior of a receiver from its URL: `/hanging`, `/unreliable/…`; any other is healthy. */
export function behaviorOf(url: string): Behavior {
  if (url.includes('/hanging')) return 'hanging';
  return url.includes('/unreliable') ? 'unreliable' : 'healthy';
}

/** One workspace with healthy receivers, and one whose receivers do all that receivers can do. */
export async function createWorkspaces(execute: Execute, random: Random): Promise<SimulatedWorkspace[]> {
  return [await createWorkspace(execute, random, true), await createWorkspace(execute, random, false)];
}

async function createWorkspace(
  execute: Execute,
  random: Random,
  isHealthy: boolean,
): Promise<SimulatedWorkspace> {
  const { sid: workspaceSid } = await execute({
    type: 'CreateWorkspace',
    friendlyName: isHealthy ? 'Healthy' : 'Unreliable',
    multiTaskEnabled: random.once(2),
    eventCallbackUrl: isHealthy ? `${origin}/event-callback` : unreliableEventUrl,
    // Enough to notice a late one. The other workspace sends all of them, to fill the outbox while its receiver hangs.
    eventsFilter: isHealthy ? 'reservation.created' : undefined,
  });
  const activities = await createActivities(execute, workspaceSid);
  const queues = {
    spanish: await createQueue(execute, workspaceSid, 'Spanish', 'languages HAS "es"'),
    english: await createQueue(execute, workspaceSid, 'English', '1==1'),
  };
  const urls = isHealthy ? ['assignment-callback'] : ['unreliable/assignment-callback', 'hanging/assignment'];
  const workflows: Record<string, string> = {};
  for (const url of urls)
    workflows[url] = await createWorkflow(execute, workspaceSid, queues, url, isHealthy);
  const workers: string[] = [];
  for (const friendlyName of ['Alice', 'Bob', 'Carol', 'Dave', 'Erin']) {
    const attributes = workerAttributes(random);
    const { sid } = await execute({ type: 'CreateWorker', workspaceSid, friendlyName, attributes });
    workers.push(sid);
  }
  return { sid: workspaceSid, activities, queues, workflows, workers, isHealthy };
}

async function createActivities(execute: Execute, workspaceSid: string): Promise<Record<string, string>> {
  const activities: Record<string, string> = {};
  for (const friendlyName of ['Idle', 'Offline', 'Busy', 'Reserved'])
    activities[friendlyName] = (
      await execute({
        type: 'CreateActivity',
        workspaceSid,
        friendlyName: `Simulated ${friendlyName}`,
        available: friendlyName === 'Idle',
      })
    ).sid;
  return activities;
}

async function createQueue(
  execute: Execute,
  workspaceSid: string,
  friendlyName: string,
  targetWorkers: string,
): Promise<string> {
  // A lower maximum would not take offers back, so it stays as it is.
  const maxReservedWorkers = 2;
  const queue = { workspaceSid, friendlyName, targetWorkers, maxReservedWorkers };
  return (await execute({ type: 'CreateTaskQueue', ...queue })).sid;
}

async function createWorkflow(
  execute: Execute,
  workspaceSid: string,
  queues: SimulatedWorkspace['queues'],
  url: string,
  isHealthy: boolean,
): Promise<string> {
  const workflow = await execute({
    type: 'CreateWorkflow',
    workspaceSid,
    friendlyName: url,
    configuration: workflowConfiguration(queues, 30),
    taskReservationTimeoutSeconds: 60,
    assignmentCallbackUrl: `${origin}/${url}`,
    fallbackAssignmentCallbackUrl: isHealthy ? undefined : `${origin}/unreliable/fallback`,
  });
  return workflow.sid;
}

/** @param timeout of its first target, in seconds */
export function workflowConfiguration(
  { spanish, english }: SimulatedWorkspace['queues'],
  timeout: number,
): string {
  return JSON.stringify({
    task_routing: {
      filters: [
        { expression: 'language == "es"', targets: [{ queue: spanish, timeout }, { queue: english }] },
        { expression: 'language == "en"', targets: [{ queue: english, priority: 1, timeout: timeout * 2 }] },
        { expression: 'level == 2', targets: [{ skip_if: 'workers.available == 0', queue: spanish }] },
      ],
      default_filter: { queue: english },
    },
  });
}

export const languages = ['es', 'en', 'fr'] as const;

export const attributesOf = (value: Record<string, unknown>): Attributes => ({
  text: JSON.stringify(value),
  value,
});

export function workerAttributes(random: Random): Attributes {
  return attributesOf({
    languages: languages.filter(() => random.once(2)),
    level: random.integer(0, 3),
    contact_uri: 'client:worker',
  });
}
