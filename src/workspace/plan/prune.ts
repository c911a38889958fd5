import type { ExistingWorkspace } from '../existing/existing';
import { nouns } from '../existing/existing';
import type { ListedKind } from '../file/lists';
import { type Named, nameOf } from '../file/names';
import type { DesiredWorkspace } from '../file/schema';
import type { Change } from './changes';
import { extrasOf } from './extras';
import { InUse } from './in-use';
import type { Usage } from './usage';

export interface Pruning {
  /** In the order in which they have to be made: nothing goes before what refers to it. */
  readonly deletions: readonly Change[];
  /** What stays, why, and what can be done about it. */
  readonly notes: readonly string[];
}

/**
 * Which of what the file does not name can go. Each kind is looked at when it is known what else stays, so that what
 * only goes together goes together.
 */
export function prune(desired: DesiredWorkspace, present: ExistingWorkspace, usage: Usage): Pruning {
  const deletions: Change[] = [];
  const notes: string[] = [];
  /** Says what stays of one kind. */
  function sortOut<Item extends Named & { readonly sid: string | null }>(
    kind: ListedKind,
    items: readonly Item[],
    useOf: (item: Item) => string | null,
  ): Item[] {
    return items.filter((item) => {
      const use = namesakes(items, item) ?? useOf(item);
      if (use === null) deletions.push(deletion(kind, item));
      else notes.push(`The ${nouns[kind]} ${JSON.stringify(nameOf(item))} stays: ${use}`);
      return use !== null;
    });
  }
  const inUse = new InUse(desired, present, usage);
  const extras = <Kind extends ListedKind>(kind: Kind) => extrasOf(kind, desired, present);
  const workflows = sortOut('workflow', extras('workflow'), (workflow) => inUse.workflow(workflow));
  const taskQueues = sortOut('taskQueue', extras('taskQueue'), (queue) => inUse.taskQueue(queue, workflows));
  const staying = { workflows, taskQueues };
  const workers = sortOut('worker', extras('worker'), (worker) => inUse.worker(worker, staying));
  sortOut('activity', extras('activity'), (activity) => inUse.activity(activity, { ...staying, workers }));
  sortOut('taskChannel', extras('taskChannel'), (channel) => inUse.taskChannel(channel));
  return { deletions, notes };
}

/** A plan goes by names. */
function namesakes(items: readonly Named[], item: Named): string | null {
  const count = items.filter((each) => nameOf(each) === nameOf(item)).length;
  return count > 1 ? `${count} have that name. Rename all but one of them, and plan again.` : null;
}

function deletion(kind: ListedKind, item: Named & { readonly sid: string | null }): Change {
  const { sid: _, ...before } = item;
  return { action: 'delete', kind, name: nameOf(item), fields: {}, before } as unknown as Change;
}
