import path from 'node:path';
import type { CommandModule } from 'yargs';
import { fileText, pullWorkspace } from '../../workspace/pull/pull';
import { exitCodes } from '../exit-codes';
import { type ChoiceFlags, choiceFlags, type TargetFlags, targetFlags } from '../flags';
import type { Terminal } from '../terminal';
import { counted, writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';
import { readIfPresent, writeWorkspaceFile } from '../workspace/write-workspace-file';

interface PullFlags extends TargetFlags, ChoiceFlags {
  readonly force: boolean;
}

export const pull = (terminal: Terminal): CommandModule<object, PullFlags> => ({
  command: 'pull',
  describe: 'Write the file from an existing workspace',
  builder: (yargs) =>
    choiceFlags(targetFlags(yargs)).option('force', {
      type: 'boolean',
      default: false,
      describe: 'Overwrite a file that differs',
    }),
  handler: async (flags) => {
    const target = await openTarget(terminal, flags);
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
    if (flags.json) return writeJson(terminal, { file, written, notes, faults });
    const { friendlyName, workers, taskQueues, workflows } = desired;
    const contents = [
      counted(workers.length, 'worker'),
      counted(taskQueues.length, 'task queue'),
      counted(workflows.length, 'workflow'),
    ].join(', ');
    writeLines(
      terminal,
      `${flags.workspace} ${written ? 'is now' : 'already was'} the workspace ${JSON.stringify(friendlyName)}: ${contents}.`,
      ...notes.map((note) => `! ${note}`),
      ...faults.map((fault) => `! ${fault}`),
      ...next(flags, faults, workflows.length),
    );
  },
});

function next({ workspace }: PullFlags, faults: readonly string[], workflowCount: number): string[] {
  if (faults.length > 0) return ['Correct the file before you plan, apply or run it.'];
  return [
    ...(workflowCount > 1 ? ['The create-task Function uses the first workflow in the file.'] : []),
    `Next: run it locally, in its own data directory: npx taskrouter start --workspace ${workspace} --data .taskrouter-pulled`,
  ];
}
