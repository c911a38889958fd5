import type { CommandModule } from 'yargs';
import {
  type ChoiceFlags,
  checkFunctionsUrl,
  choiceFlags,
  dataFlag,
  forceFlag,
  functionsUrlFlag,
  workspaceFlag,
} from '../flags';
import type { InitFlags } from '../init/prepare-project';
import type { Terminal } from '../terminal';

export const init = (terminal: Terminal): CommandModule<object, InitFlags & ChoiceFlags> => ({
  command: 'init',
  describe: 'Prepare a project: write a workspace file, and the variables in .env',
  builder: (yargs) =>
    choiceFlags(yargs)
      .option('from', {
        choices: ['tutorial', 'twilio'] as const,
        default: 'tutorial' as const,
        requiresArg: true,
        describe: 'The workspace to write: that of the tutorial, or one of the account in TWILIO_ACCOUNT_SID',
      })
      .option('workspace', workspaceFlag)
      .option('data', dataFlag)
      .option('functions-url', {
        ...functionsUrlFlag,
        describe: `With --from twilio: the address of your deployed Functions, written as \${FUNCTIONS_URL}`,
      })
      .option('force', forceFlag)
      .check(checkFunctionsUrl),
  handler: async (flags) => {
    // Loaded on demand, as in `start`.
    const { prepareProject } = await import('../init/prepare-project');
    await prepareProject(terminal, flags);
  },
});
