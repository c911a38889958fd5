/** What a workspace file needs for agents who get tasks from one queue, and no callbacks. They are Offline at first. */
export const agentWorkspace = (agents: number) => ({
  friendlyName: 'Agents',
  multiTaskEnabled: true,
  activities: [
    { friendlyName: 'Offline', available: false },
    { friendlyName: 'Idle', available: true },
  ],
  taskQueues: [{ friendlyName: 'Everybody', targetWorkers: '1==1' }],
  workflows: [
    { friendlyName: 'All', configuration: { task_routing: { default_filter: { queue: 'Everybody' } } } },
  ],
  workers: Array.from({ length: agents }, (_, index) => ({ friendlyName: agentName(index), attributes: {} })),
});

export const agentName = (index: number): string => `Agent ${index + 1}`;
