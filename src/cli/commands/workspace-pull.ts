import path from 'node:path';
import type { CommandModule } from 'yargs';
import { fileText, pullWorkspace } from '../../workspace/pull/pull';
import { exitCodes } from '../exit-codes';
import { type TargetFlags, targetFlags } from '../flags';
import { counted, say, writeJson } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';
import { writeWorkspaceFile } from '../workspace/write-workspace-file';

interface PullFlags extends TargetFlags {
  readonly workspaceSid?: string | undefined;
  readonly name?: string | undefined;
  readonly force: boolean;
}

export const pull: CommandModule<object, PullFlags> = {
  command: 'pull',
  describe: 'Write the file from a workspace that exists',
  builder: (yargs) =>
    targetFlags(yargs)
      .option('workspace-sid', {
        type: 'string',
        requiresArg: true,
        describe: 'Which workspace; default: the only one',
      })
      .option('name', { type: 'string', requiresArg: true, describe: 'The same, by its friendly name' })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Overwrite a file that says something else',
      }),
  handler: async (flags) => {
    const target = await openTarget(flags);
    const choice = { sid: flags.workspaceSid, friendlyName: flags.name };
    const pulled = await requestTarget(target, () =>
      pullWorkspace(target.client, choice, target.functionsUrl),
    );
    const file = path.resolve(flags.workspace);
    const written = writeWorkspaceFile(file, fileText(pulled), flags.force);
    const { desired, notes, faults } = pulled;
    if (faults.length > 0) process.exitCode = exitCodes.findings;
    if (flags.json) return writeJson({ file, written, notes, faults });
    const { friendlyName, workers, taskQueues, workflows } = desired;
    const contents = [
      counted(workers.length, 'worker'),
      counted(taskQueues.length, 'task queue'),
      counted(workflows.length, 'workflow'),
    ].join(', ');
    say(
      `${flags.workspace} ${written ? 'is' : 'was already'} the workspace ${JSON.stringify(friendlyName)}: ${contents}.`,
      ...notes.map((note) => `! ${note}`),
      ...faults.map((fault) => `! ${fault}`),
      ...next(flags, faults, workflows.length),
    );
  },
};

function next({ workspace }: PullFlags, faults: readonly string[], workflowCount: number): string[] {
  if (faults.length > 0) return ['Correct the file before it is planned, applied or run.'];
  return [
    ...(workflowCount > 1 ? ['New tasks of create-task go to the first workflow in the file.'] : []),
    `Next: run it here, with its own data: npx taskrouter start --workspace ${workspace} --data .taskrouter-pulled`,
  ];
}
