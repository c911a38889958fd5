import type { ExistingWorkspace } from '../existing/existing';
import { nouns } from '../existing/existing';
import type { ListedKind } from '../file/names';
import { type Named, nameOf } from '../file/names';
import type { DesiredWorkspace } from '../file/schema';
import type { Change } from './changes';
import { extrasOf } from './extras';
import type { Usage } from './in-use';
import { InUse } from './in-use';

interface Pruning {
  /** In the order in which they have to be made: nothing goes before what refers to it. */
  readonly deletions: readonly Change[];
  /** What is kept, why, and what to do about it. */
  readonly notes: readonly string[];
}

/**
 * Which of the things that the file does not name can be deleted. Each kind is checked once it is known which of its
 * users are kept, so that things that only refer to each other can all be deleted.
 */
export function prune(desired: DesiredWorkspace, present: ExistingWorkspace, usage: Usage): Pruning {
  const deletions: Change[] = [];
  const notes: string[] = [];
  /** Plans the deletions of one kind. @returns what is kept */
  function pruneKind<Item extends Named & { readonly sid: string | null }>(
    kind: ListedKind,
    items: readonly Item[],
    useOf: (item: Item) => string | null,
  ): Item[] {
    return items.filter((item) => {
      const use = sameNames(items, item) ?? useOf(item);
      if (use === null) deletions.push(deletion(kind, item));
      else notes.push(`Kept the ${nouns[kind]} ${JSON.stringify(nameOf(item))}: ${use}`);
      return use !== null;
    });
  }
  const inUse = new InUse(desired, present, usage);
  const extras = <Kind extends ListedKind>(kind: Kind) => extrasOf(kind, desired, present);
  const workflows = pruneKind('workflow', extras('workflow'), (workflow) => inUse.workflow(workflow));
  const taskQueues = pruneKind('taskQueue', extras('taskQueue'), (queue) =>
    inUse.taskQueue(queue, workflows),
  );
  const kept = { workflows, taskQueues };
  const workers = pruneKind('worker', extras('worker'), (worker) => inUse.worker(worker, kept));
  pruneKind('activity', extras('activity'), (activity) => inUse.activity(activity, { ...kept, workers }));
  pruneKind('taskChannel', extras('taskChannel'), (channel) => inUse.taskChannel(channel));
  return { deletions, notes };
}

/** A plan knows things by their names. */
function sameNames(items: readonly Named[], item: Named): string | null {
  const count = items.filter((each) => nameOf(each) === nameOf(item)).length;
  return count > 1 ? `${count} have that name. Rename all but one of them, then plan again.` : null;
}

function deletion(kind: ListedKind, item: Named & { readonly sid: string | null }): Change {
  const { sid: _, ...before } = item;
  return { action: 'delete', kind, name: nameOf(item), fields: {}, before } as unknown as Change;
}
