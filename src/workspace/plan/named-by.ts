import type { Existing, TaskQueueFields, WorkflowFields } from '../existing/existing';
import { referencesOf } from '../file/configuration-names';
import { type ReferenceKind, referencesIn, type TextReference } from '../file/text-references';

/** What the file does not name, and is there for good all the same. */
export interface Staying {
  readonly workflows: readonly Existing<WorkflowFields>[];
  readonly taskQueues: readonly Existing<TaskQueueFields>[];
}

/** An expression is over sids, so that it would go on speaking of what is gone. */
export function namedByStaying(
  kind: ReferenceKind,
  name: string,
  { workflows, taskQueues }: Staying,
): string | null {
  const queue = taskQueues.find(({ targetWorkers }) =>
    isAmong(referencesIn(targetWorkers ?? ''), kind, name),
  );
  if (queue) return `the task queue "${queue.friendlyName}" names it, and stays too.`;
  const workflow = workflowThatNames(workflows, kind, name);
  return workflow ? `the workflow "${workflow.friendlyName}" names it, and stays too.` : null;
}

export function workflowThatNames(
  workflows: readonly Existing<WorkflowFields>[],
  kind: ReferenceKind,
  name: string,
): Existing<WorkflowFields> | null {
  const found = workflows.find(
    ({ configuration }) =>
      typeof configuration === 'object' && isAmong(referencesOf(configuration), kind, name),
  );
  return found ?? null;
}

const isAmong = (references: readonly TextReference[], kind: ReferenceKind, name: string) =>
  references.some((reference) => reference.kind === kind && reference.name === name);
