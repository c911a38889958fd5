import type { Argv, CommandModule } from 'yargs';
import type { DeployFlags } from '../deploy/run-deploy';
import { domainFlags, workspaceFlag } from '../flags';

export const deploy: CommandModule<object, DeployFlags> = {
  command: 'deploy',
  describe: 'Deploy what is built: workspace, upload, callbacks, and a proof that it works',
  builder: (yargs) =>
    domainFlags(yargs)
      .option('workspace', workspaceFlag)
      .option('yes', {
        type: 'boolean',
        default: false,
        describe: 'Deploy over an existing Service of this name without asking',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Say what would be done, and change nothing',
      })
      .option('prove', {
        type: 'boolean',
        describe:
          'Take one task through the deployed Functions, whosever workspace it is; --no-prove: never. Default: in one that was made from this folder',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'One line of JSON at the end; logs to standard error',
      }) as unknown as Argv<DeployFlags>,
  handler: async (flags) => {
    // Loaded here alone: no other command needs the tools of a deployment.
    const { runDeploy } = await import('../deploy/run-deploy');
    await runDeploy(flags);
  },
};
