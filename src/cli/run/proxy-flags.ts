import type { Argv } from 'yargs';
import { passFlag } from '../program/passed-hosts';

/** Of `start` and `serve`. */
export interface ProxyFlags {
  readonly proxy: boolean;
  readonly pass: readonly string[];
}

/** @param passed who else may reach the hosts of `--pass` */
export const proxyFlags = <Flags>(yargs: Argv<Flags>, passed = ''): Argv<Flags & ProxyFlags> =>
  yargs
    .option('proxy', {
      type: 'boolean',
      default: false,
      describe: 'Let unchanged programs find TaskRouter where they expect Twilio: see "env --proxy"',
    })
    .option('pass', {
      ...passFlag,
      describe: `Another Twilio host that programs${passed} may reach, such as api.twilio.com`,
    }) as unknown as Argv<Flags & ProxyFlags>;
