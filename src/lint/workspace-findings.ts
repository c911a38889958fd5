import { expressionFindings } from './expression-findings';
import { type Finding, findingsAt, pointerTo } from './finding';
import { taskChannelFindings } from './task-channel-findings';
import { workflowFindings } from './workflow-findings';

/** The parts of a workspace file that rules read. */
interface LintedWorkspace {
  readonly taskChannels?: readonly { readonly uniqueName: string }[] | undefined;
  readonly taskQueues: readonly { readonly targetWorkers?: string | null | undefined }[];
  readonly workflows: readonly { readonly configuration: unknown }[];
}

/** Findings in a workspace file, in the order of its lists. Their places are JSON pointers into the file. */
export function workspaceFindings({ taskChannels = [], taskQueues, workflows }: LintedWorkspace): Finding[] {
  return [
    ...taskChannels.flatMap(({ uniqueName }, index) =>
      findingsAt(`/taskChannels${pointerTo(index)}/uniqueName`, taskChannelFindings(uniqueName)),
    ),
    ...taskQueues.flatMap(({ targetWorkers }, index) =>
      findingsAt(
        `/taskQueues${pointerTo(index)}/targetWorkers`,
        expressionFindings(targetWorkers ?? '', 'queue'),
      ),
    ),
    ...workflows.flatMap(({ configuration }, index) =>
      findingsAt(`/workflows${pointerTo(index)}/configuration`, workflowFindings(configuration)),
    ),
  ];
}
