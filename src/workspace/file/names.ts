import type { DesiredWorkspace } from './schema';

/** Resources that are known by name: task channels by unique name, everything else by friendly name. */
export type Named =
  | { readonly friendlyName: string; readonly uniqueName?: never }
  | { readonly uniqueName: string };

export function nameOf(item: Named): string {
  return item.uniqueName ?? item.friendlyName;
}

export function findNamed<Item extends Named>(items: readonly Item[], name: string): Item | undefined {
  return items.find((item) => nameOf(item) === name);
}

/** The kinds of resources that a workspace has lists of, and the names of these lists in the file. */
export const listNames = {
  taskChannel: 'taskChannels',
  activity: 'activities',
  worker: 'workers',
  taskQueue: 'taskQueues',
  workflow: 'workflows',
} as const satisfies Record<string, keyof DesiredWorkspace>;

export type ListedKind = keyof typeof listNames;

/** A place in the file: `workers[0].friendlyName`. */
export function pathText(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return parts.join('').replace(/^\./, '') || 'the file';
}
