/**
 * What a workspace file needs for whole lifecycles: a multitasking workspace whose callbacks go to one receiver, with one
 * queue for everybody. It has no workers.
 * @param receiverUrl the origin of the receiver, or the placeholder for the Functions' URL
 */
export const oneQueueWorkspace = (friendlyName: string, receiverUrl: string, workflow: object = {}) => ({
  friendlyName,
  multiTaskEnabled: true,
  eventCallbackUrl: `${receiverUrl}/event-callback`,
  activities: [
    { friendlyName: 'Offline', available: false },
    { friendlyName: 'Idle', available: true },
  ],
  taskQueues: [{ friendlyName: 'Everybody', targetWorkers: '1==1' }],
  workflows: [
    {
      friendlyName: 'All',
      assignmentCallbackUrl: `${receiverUrl}/assignment-callback`,
      configuration: { task_routing: { default_filter: { queue: 'Everybody' } } },
      ...workflow,
    },
  ],
  workers: [] as readonly object[],
});

/** Workers of a workspace file that are available from the start. */
export const availableWorkers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    friendlyName: `Worker ${index + 1}`,
    activity: 'Idle',
    attributes: {},
  }));
