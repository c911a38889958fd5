import path from 'node:path';
import type { CommandModule } from 'yargs';
import { durationText } from '../../common/duration-text';
import { ConfigurationError } from '../../system/config';
import { secondsOf } from '../duration';
import { dataFlag } from '../flags';
import { notRunning, requestRunning } from '../running';
import type { Terminal } from '../terminal';

interface ClockFlags {
  readonly action?: string | undefined;
  readonly duration?: string | undefined;
  readonly data: string;
  readonly json: boolean;
}

/** The response of `/_taskrouter/clock`. */
interface ClockResponse {
  readonly moved?: boolean;
  readonly mode: 'system' | 'virtual';
  readonly running: boolean;
  readonly now: string;
  readonly now_ms: number;
  readonly next_deadline_ms: number | null;
}

export const clock = (terminal: Terminal): CommandModule<object, ClockFlags> => ({
  command: 'clock [action] [duration]',
  describe: "Show the running TaskRouter's time, or move its virtual clock",
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ['advance', 'next', 'run', 'stop'] as const })
      .positional('duration', { type: 'string', describe: 'For advance: 90s, 20m, 2h, 1d …' })
      .option('data', dataFlag)
      .option('json', { type: 'boolean', default: false, describe: 'Print one line of JSON' })
      .example('$0 clock advance 20m', 'Move the clock forward by 20 minutes')
      .example('$0 clock next', 'Move the clock to the next timeout'),
  handler: async (flags) => {
    const response = await requestRunning(terminal, path.resolve(flags.data), 'clock', formOf(flags));
    if (response === null) throw notRunning(flags.data, 'Start it with --clock virtual', memoryRemedy);
    terminal.write(`${flags.json ? JSON.stringify(response) : clockLine(response as ClockResponse)}\n`);
  },
});

/** @throws ConfigurationError */
function formOf({ action, duration }: ClockFlags): Record<string, string> | undefined {
  if (action === 'advance' && duration === undefined) {
    throw new ConfigurationError(['Missing duration. Try: taskrouter clock advance 20m']);
  }
  if (action !== 'advance' && duration !== undefined) {
    throw new ConfigurationError([`"${action}" takes no duration. Remove "${duration}".`]);
  }
  if (duration !== undefined) return { action: 'advance', seconds: String(secondsOf(duration)) };
  return action === undefined ? undefined : { action };
}

function clockLine({ moved, mode, running, now, now_ms, next_deadline_ms }: ClockResponse): string {
  const pace = mode === 'system' ? "this computer's clock" : running ? 'running' : 'stopped';
  const next =
    next_deadline_ms === null
      ? 'no timeout pending'
      : `next timeout in ${durationText(Math.max(0, next_deadline_ms - now_ms))}`;
  return `${moved === false ? 'No timeout to move to. ' : ''}${now}, ${pace}; ${next}`;
}

const memoryRemedy = 'A run with --memory can only be reached at /_taskrouter/clock.';
