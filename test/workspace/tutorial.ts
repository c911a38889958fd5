import path from 'node:path';
import { builtInTaskChannels } from '../../src/common/built-in-task-channels';
import type { ExistingWorkspace } from '../../src/workspace/existing/existing';
import { type DesiredWorkspace, readWorkspaceFile } from '../../src/workspace/file/desired';

export const tutorialFile = path.join(__dirname, '../../workspace.json');

/** The tutorial's workspace file, as a new copy with changes. */
export function tutorial(changes: Partial<DesiredWorkspace> = {}): DesiredWorkspace {
  const { $schema: _, ...desired } = readWorkspaceFile(tutorialFile);
  return { ...desired, ...changes };
}

/** The same workspace in TaskRouter after it has been applied, with changes. */
export function tutorialAsItIs(changes: Partial<ExistingWorkspace> = {}): ExistingWorkspace {
  return {
    sid: 'WS01',
    friendlyName: 'Customer Care',
    multiTaskEnabled: false,
    prioritizeQueueOrder: 'FIFO',
    eventCallbackUrl: 'https://functions.example/event-callback',
    eventsFilter: [],
    defaultActivity: 'Offline',
    timeoutActivity: 'Offline',
    taskChannels: builtInTaskChannels.map((uniqueName, index) => ({
      sid: `TC0${index + 1}`,
      uniqueName,
      friendlyName: uniqueName,
      channelOptimizedRouting: false,
    })),
    activities: [
      { sid: 'WA01', friendlyName: 'Offline', available: false },
      { sid: 'WA02', friendlyName: 'Idle', available: true },
      { sid: 'WA03', friendlyName: 'Busy', available: false },
      { sid: 'WA04', friendlyName: 'Reserved', available: false },
    ],
    taskQueues: [
      queue('WQ01', 'Spanish', 'languages HAS "es"'),
      queue('WQ02', 'English', 'languages HAS "en"'),
    ],
    workflows: [
      {
        sid: 'WW01',
        friendlyName: 'Incoming Customer Care Requests',
        configuration: {
          task_routing: { filters: [filter('Spanish', 'es'), filter('English', 'en')] },
        },
        taskReservationTimeout: 1200,
        assignmentCallbackUrl: 'https://functions.example/assignment-callback',
        fallbackAssignmentCallbackUrl: null,
      },
    ],
    workers: [
      { sid: 'WK01', friendlyName: 'Alice', activity: 'Offline', attributes: { languages: ['en', 'es'] } },
      { sid: 'WK02', friendlyName: 'Bob', activity: 'Offline', attributes: { languages: ['en'] } },
    ],
    ...changes,
  };
}

const queueName = (language: string) => `Customer Care Requests - ${language}`;

function queue(
  sid: string,
  language: string,
  targetWorkers: string,
): ExistingWorkspace['taskQueues'][number] {
  return {
    sid,
    friendlyName: queueName(language),
    targetWorkers,
    maxReservedWorkers: 1,
    taskOrder: 'FIFO',
    reservationActivity: 'Reserved',
    assignmentActivity: 'Busy',
  };
}

const filter = (language: string, code: string) => ({
  targets: [{ queue: queueName(language) }],
  expression: `selected_language == "${code}"`,
  filter_friendly_name: language,
});
