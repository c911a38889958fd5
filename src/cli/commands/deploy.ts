import type { Argv, CommandModule } from 'yargs';
import type { DeployFlags } from '../deploy/run-deploy';
import { domainFlags, workspaceFlag } from '../flags';
import type { Terminal } from '../terminal';

export const deploy = (terminal: Terminal): CommandModule<object, DeployFlags> => ({
  command: 'deploy',
  describe: 'Deploy the build: workspace, upload, callbacks, and a test with one task',
  builder: (yargs) =>
    domainFlags(yargs)
      .option('workspace', workspaceFlag)
      .option('yes', {
        type: 'boolean',
        default: false,
        describe: 'Take over an existing Service of this name without asking',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Show what would be done, without changing anything',
      })
      .option('prove', {
        type: 'boolean',
        describe:
          'Take one task through the deployed Functions; --no-prove: skip it. Default: only in a workspace created from this folder',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'Print one line of JSON at the end; logs go to standard error',
      }) as unknown as Argv<DeployFlags>,
  handler: async (flags) => {
    // Loaded on demand: no other command needs the deployment tools.
    const { runDeploy } = await import('../deploy/run-deploy');
    await runDeploy(flags, terminal);
  },
});
