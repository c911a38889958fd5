import type { CommandModule } from 'yargs';
import { choiceFlags, forceFlag, targetFlags } from '../flags';
import type { Terminal } from '../terminal';
import { writeLines } from '../workspace/output';
import { type PullFlags, pullWorkspaceFile } from '../workspace/pull-workspace-file';

export const pull = (terminal: Terminal): CommandModule<object, PullFlags> => ({
  command: 'pull',
  describe: 'Write the file from an existing workspace',
  builder: (yargs) => choiceFlags(targetFlags(yargs)).option('force', forceFlag),
  handler: async (flags) => {
    const { hasFaults, workflowCount } = await pullWorkspaceFile(terminal, flags);
    if (flags.json || hasFaults) return;
    if (workflowCount > 1)
      writeLines(terminal, 'The create-task Function uses the first workflow in the file.');
    writeLines(
      terminal,
      `Next: run it locally, in its own data directory: npx taskrouter start --workspace ${flags.workspace} --data .taskrouter-pulled`,
    );
  },
});
