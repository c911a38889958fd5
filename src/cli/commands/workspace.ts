import type { CommandModule } from 'yargs';
import { apply } from './workspace-apply';
import { plan } from './workspace-plan';
import { pull } from './workspace-pull';

export const workspace: CommandModule = {
  command: 'workspace',
  describe: 'The workspace as a file: plan, apply, pull; here or on Twilio',
  builder: (yargs) =>
    yargs
      .command(plan)
      .command(apply)
      .command(pull)
      .demandCommand(1, 'Say what to do, for example: taskrouter workspace plan'),
  handler: () => undefined,
};
