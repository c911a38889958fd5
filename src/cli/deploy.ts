import type { CommandModule } from 'yargs';

export interface DeployFlags {
  readonly workspace: string;
  readonly environment: string;
  readonly production: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** Undefined when neither --prove nor --no-prove is given. */
  readonly prove?: boolean | undefined;
  readonly json: boolean;
}

export const deploy: CommandModule<object, DeployFlags> = {
  command: 'deploy',
  describe: 'Deploy what is built: workspace, upload, callbacks, and a proof that it works',
  builder: (yargs) =>
    yargs
      .option('workspace', { type: 'string', default: 'workspace.json', describe: 'The workspace as a file' })
      .option('environment', { type: 'string', default: 'dev', describe: 'Suffix of the domain' })
      .option('production', {
        type: 'boolean',
        default: false,
        describe: 'The domain without suffix',
      })
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
          'Take one task through the deployed Functions, in any workspace; --no-prove in none. Default: in one that was made from this folder',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'One line of JSON at the end; logs to standard error',
      }) as never,
  handler: async (flags) => {
    // Loaded here alone: no other command needs the uploading tool.
    const { runDeploy } = await import('./run-deploy');
    await runDeploy(flags);
  },
};
