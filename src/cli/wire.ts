import type { CommandModule } from 'yargs';
import { dataFlag } from './options';

export interface WireFlags {
  readonly target: 'local' | 'twilio';
  readonly workspace: string;
  readonly functionsUrl?: string | undefined;
  readonly fallbackUrl?: string | undefined;
  readonly environment: string;
  readonly production: boolean;
  readonly data: string;
  readonly json: boolean;
}

export const wire: CommandModule<object, WireFlags> = {
  command: 'wire',
  describe: 'Point the callbacks of the workspace at the Functions, whichever way they were deployed',
  builder: (yargs) =>
    yargs
      .option('target', {
        choices: ['local', 'twilio'] as const,
        default: 'local',
        describe: 'What runs here, or the account on Twilio',
      })
      .option('workspace', { type: 'string', default: 'workspace.json', describe: 'The workspace as a file' })
      .option('functions-url', {
        type: 'string',
        describe: 'Where the Functions are; default: the domain of the deployment, or the local host',
        coerce: (url: string | undefined) => url?.replace(/\/+$/, ''),
      })
      .option('fallback-url', {
        type: 'string',
        describe: "For the workflows' fallback callbacks, on another host; left alone otherwise",
      })
      .option('environment', { type: 'string', default: 'dev', describe: 'Suffix of the domain on Twilio' })
      .option('production', { type: 'boolean', default: false, describe: 'The domain without suffix' })
      .option('data', dataFlag)
      .option('json', { type: 'boolean', default: false, describe: 'One line of JSON' }) as never,
  handler: async (flags) => {
    const { runWire } = await import('./run-wire');
    await runWire(flags);
  },
};
