import path from 'node:path';
import type { Argv } from 'yargs';
import type { ClockMode } from '../system/choose-clock';
import { ConfigurationError } from '../system/config';

/** The flags that `start` and `serve` share. */
export interface RunFlags {
  readonly port: number;
  readonly taskrouterPort: number;
  readonly host: string;
  readonly data: string;
  readonly memory: boolean;
  readonly workspace: string;
  readonly env: string;
  readonly operatorAuth: boolean;
  readonly rateLimits: boolean;
  readonly json: boolean;
  readonly clock: ClockMode;
}

export const dataFlag = {
  type: 'string',
  default: '.taskrouter',
  describe: 'Directory in which tasks, workers and credentials are kept',
} as const;

export function runFlags(yargs: Argv): Argv<RunFlags> {
  return yargs
    .option('port', { type: 'number', default: 3000, describe: 'Port of the Functions; 0 = a free one' })
    .option('taskrouter-port', {
      type: 'number',
      default: 4040,
      describe: 'Port of the local TaskRouter; 0 = a free one',
    })
    .option('host', { type: 'string', default: '127.0.0.1', describe: 'Address to listen on' })
    .option('data', dataFlag)
    .option('memory', { type: 'boolean', default: false, describe: 'Keep nothing: no data directory' })
    .option('workspace', {
      type: 'string',
      default: 'workspace.json',
      describe: 'The workspace as a file',
    })
    .option('env', {
      type: 'string',
      default: '.env',
      describe: "File with the Functions' variables; editing it reloads them",
    })
    .option('operator-auth', {
      type: 'boolean',
      default: false,
      describe: 'Ask for passwords on this computer as well, as when deployed',
    })
    .option('rate-limits', {
      type: 'boolean',
      default: false,
      describe: "Enforce Twilio's documented rate limits (429)",
    })
    .option('clock', {
      choices: ['system', 'virtual'] as const,
      default: 'system',
      describe: 'A virtual clock stands still until "taskrouter clock" moves it',
    })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'One line of JSON when ready; logs to standard error',
    })
    .check((flags) => checkPorts(flags as unknown as RunFlags)) as unknown as Argv<RunFlags>;
}

function checkPorts({ port, taskrouterPort }: RunFlags): true {
  const faults = Object.entries({ '--port': port, '--taskrouter-port': taskrouterPort })
    .filter(([, value]) => !Number.isInteger(value) || value < 0 || value > 65_535)
    .map(([flag]) => `${flag} must be a whole number from 0 to 65535 (0 = a free port).`);
  if (port !== 0 && port === taskrouterPort) faults.push('--port and --taskrouter-port must differ.');
  if (faults.length > 0) throw new ConfigurationError(faults);
  return true;
}

/** Where the project is: its `dist/cli` holds this program. */
export const projectRoot = (): string => path.resolve(__dirname, '..', '..');
