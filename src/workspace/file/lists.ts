import type { DesiredWorkspace } from './schema';

/** The kinds that a workspace has lists of, and how its file calls these lists. */
export const listNames = {
  taskChannel: 'taskChannels',
  activity: 'activities',
  worker: 'workers',
  taskQueue: 'taskQueues',
  workflow: 'workflows',
} as const satisfies Record<string, keyof DesiredWorkspace>;

export type ListedKind = keyof typeof listNames;
