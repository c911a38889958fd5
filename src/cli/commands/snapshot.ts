import type { CommandModule } from 'yargs';
import type { Terminal } from '../terminal';
import { load } from './snapshot-load';
import { save } from './snapshot-save';

export const snapshot = (terminal: Terminal): CommandModule => ({
  command: 'snapshot',
  describe: 'Save the whole state in a file, or load it',
  builder: (yargs) =>
    yargs
      .command(save(terminal))
      .command(load(terminal))
      .demandCommand(1, 'Missing command. Try: taskrouter snapshot save FILE'),
  handler: () => undefined,
});
