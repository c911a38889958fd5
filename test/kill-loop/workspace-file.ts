import { writeFileSync } from 'node:fs';

/** Short, so that some reservations time out, also while the service is down. */
export const reservationTimeoutSeconds = 2;

/** Writes the workspace file of the service under test. Clients create workers and queues of their own. */
export function writeWorkspaceFile(file: string): void {
  const workspace = {
    friendlyName: 'Kill loop',
    multiTaskEnabled: true,
    eventCallbackUrl: '$' + '{FUNCTIONS_URL}/event-callback',
    eventsFilter: ['task.created', 'task.completed', 'reservation.created', 'reservation.accepted'],
    activities: [
      { friendlyName: 'Offline', available: false },
      { friendlyName: 'Idle', available: true },
    ],
    taskQueues: [{ friendlyName: 'Everybody', targetWorkers: '1==1' }],
    workflows: [
      {
        friendlyName: 'All',
        taskReservationTimeout: reservationTimeoutSeconds,
        assignmentCallbackUrl: '$' + '{FUNCTIONS_URL}/assignment-callback',
        configuration: { task_routing: { default_filter: { queue: 'Everybody' } } },
      },
    ],
    workers: [],
  };
  writeFileSync(file, JSON.stringify(workspace));
}
