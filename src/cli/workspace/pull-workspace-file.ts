import path from 'node:path';
import type { DesiredWorkspace } from '../../workspace/file/desired';
import { fileText, pullWorkspace } from '../../workspace/pull/pull';
import { exitCodes } from '../exit-codes';
import type { ChoiceFlags, TargetFlags } from '../flags';
import type { Terminal } from '../terminal';
import { counted, writeJson, writeLines } from './output';
import { requestTarget } from './request-target';
import { type Connect, openTarget } from './target';
import { readIfPresent, writeWorkspaceFile } from './write-workspace-file';

export interface PullFlags extends TargetFlags, ChoiceFlags {
  /** Overwrites a file that differs. */
  readonly force: boolean;
}

/** What was written. */
interface PulledFile {
  readonly hasFaults: boolean;
  readonly workflowCount: number;
}

/** Writes the workspace file from an existing workspace, and says what is in it. @throws as `pullWorkspace` */
export async function pullWorkspaceFile(
  terminal: Terminal,
  flags: PullFlags,
  connect?: Connect,
): Promise<PulledFile> {
  const target = await openTarget(terminal, flags, connect);
  const choice = { sid: flags.workspaceSid, friendlyName: flags.name };
  const pulled = await requestTarget(terminal, target, () =>
    pullWorkspace(target.client, choice, target.functionsUrl),
  );
  const file = path.resolve(flags.workspace);
  const written = writeWorkspaceFile(file, fileText(pulled, readIfPresent(file)), {
    force: flags.force,
    isEquivalent: pulled.isDescribedBy,
  });
  const { desired, notes, faults } = pulled;
  if (faults.length > 0) terminal.exitCode = exitCodes.findings;
  if (flags.json) writeJson(terminal, { file, written, notes, faults });
  else {
    writeLines(
      terminal,
      `${flags.workspace} ${written ? 'is now' : 'already was'} the workspace ${contentsOf(desired)}.`,
      ...[...notes, ...faults].map((note) => `! ${note}`),
      ...(faults.length > 0 ? ['Correct the file before you plan, apply or run it.'] : []),
    );
  }
  return { hasFaults: faults.length > 0, workflowCount: desired.workflows.length };
}

function contentsOf({ friendlyName, workers, taskQueues, workflows }: DesiredWorkspace): string {
  const counts = [
    counted(workers.length, 'worker'),
    counted(taskQueues.length, 'task queue'),
    counted(workflows.length, 'workflow'),
  ];
  return `${JSON.stringify(friendlyName)}: ${counts.join(', ')}`;
}
