import path from 'node:path';
import type { CommandModule } from 'yargs';
import { followCall } from '../call/follow-call';
import { secondsOf } from '../duration';
import { dataFlag } from '../flags';
import type { Terminal } from '../terminal';

interface CallFlags {
  readonly from: string;
  readonly to?: string | undefined;
  readonly digits?: string | undefined;
  readonly say: readonly string[];
  readonly hangUpAfter?: string | undefined;
  readonly url?: string | undefined;
  readonly data: string;
  readonly json: boolean;
}

export const call = (terminal: Terminal): CommandModule<object, CallFlags> => ({
  command: 'call',
  describe: 'Call the Functions here as a simulated caller, and print the conversation',
  builder: (yargs) =>
    yargs
      .option('from', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'Number of the caller, such as +15550111',
      })
      .option('to', { type: 'string', requiresArg: true, describe: 'Number that is called' })
      .option('digits', {
        type: 'string',
        requiresArg: true,
        describe: 'Keys that the caller presses when asked',
      })
      .option('say', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'What the caller says when asked; repeat it for the next question',
      })
      .option('hang-up-after', {
        type: 'string',
        requiresArg: true,
        describe: 'How long until the caller hangs up: 30s, 5m …; without it, at Ctrl+C',
      })
      .option('url', {
        type: 'string',
        requiresArg: true,
        describe: 'URL of the TwiML; default: /incoming-call of the Functions',
      })
      .option('data', dataFlag)
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'Print the call as JSON when it is over',
      })
      .example('$0 call --from +15550111 --digits 1', 'Ask for Spanish, and wait for an agent'),
  handler: async ({ from, to, digits, say, hangUpAfter, url, data, json }) => {
    const form = new URLSearchParams({
      from,
      ...(to !== undefined && { to }),
      ...(digits !== undefined && { digits }),
      ...(hangUpAfter !== undefined && { hang_up_after: String(Math.round(secondsOf(hangUpAfter))) }),
      ...(url !== undefined && { url }),
    });
    for (const text of say) form.append('speech', text);
    await followCall(terminal, path.resolve(data), form, { data, json });
  },
});
