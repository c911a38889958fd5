import type { CommandModule } from 'yargs';
import type { Terminal } from '../terminal';
import { apply } from './workspace-apply';
import { plan } from './workspace-plan';
import { pull } from './workspace-pull';

export const workspace = (terminal: Terminal): CommandModule => ({
  command: 'workspace',
  describe: 'Plan, apply or pull the workspace file, locally or on Twilio',
  builder: (yargs) =>
    yargs
      .command(plan(terminal))
      .command(apply(terminal))
      .command(pull(terminal))
      .demandCommand(1, 'Missing command. Try: taskrouter workspace plan'),
  handler: () => undefined,
});
