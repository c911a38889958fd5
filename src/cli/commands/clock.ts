import path from 'node:path';
import type { CommandModule } from 'yargs';
import { durationText } from '../../common/duration-text';
import { ConfigurationError } from '../../system/config';
import { secondsOf } from '../duration';
import { dataFlag } from '../flags';
import { requestRunning } from '../running';

interface ClockFlags {
  readonly action?: string | undefined;
  readonly duration?: string | undefined;
  readonly data: string;
  readonly json: boolean;
}

/** What `/_taskrouter/clock` answers. */
interface ClockAnswer {
  readonly moved?: boolean;
  readonly mode: 'system' | 'virtual';
  readonly running: boolean;
  readonly now: string;
  readonly now_ms: number;
  readonly next_deadline_ms: number | null;
}

export const clock: CommandModule<object, ClockFlags> = {
  command: 'clock [action] [duration]',
  describe: 'Tell the time of the running TaskRouter, or move its virtual clock',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ['advance', 'next', 'run', 'stop'] as const })
      .positional('duration', { type: 'string', describe: 'For advance: 90s, 20m, 2h, 1d …' })
      .option('data', dataFlag)
      .option('json', { type: 'boolean', default: false, describe: 'One line of JSON' })
      .example('$0 clock advance 20m', 'Let twenty minutes pass')
      .example('$0 clock next', 'Go on to the next thing that happens by itself'),
  handler: async (flags) => {
    const answer = await requestRunning(path.resolve(flags.data), 'clock', formOf(flags));
    if (answer === null) throw nothingRuns(flags.data);
    process.stdout.write(`${flags.json ? JSON.stringify(answer) : clockLine(answer as ClockAnswer)}\n`);
  },
};

/** @throws ConfigurationError */
function formOf({ action, duration }: ClockFlags): Record<string, string> | undefined {
  if (action === 'advance' && duration === undefined) {
    throw new ConfigurationError(['Say how far, for example: taskrouter clock advance 20m']);
  }
  if (action !== 'advance' && duration !== undefined) {
    throw new ConfigurationError([`"${action}" takes no duration: leave "${duration}" out.`]);
  }
  if (duration !== undefined) return { action: 'advance', seconds: String(secondsOf(duration)) };
  return action === undefined ? undefined : { action };
}

function clockLine({ moved, mode, running, now, now_ms, next_deadline_ms }: ClockAnswer): string {
  const pace = mode === 'system' ? "this computer's clock" : running ? 'running' : 'standing still';
  const next =
    next_deadline_ms === null
      ? 'nothing will happen by itself'
      : `next in ${durationText(next_deadline_ms - now_ms)}`;
  return `${moved === false ? 'There is nothing to advance to. ' : ''}${now}, ${pace}; ${next}`;
}

const nothingRuns = (data: string) =>
  new ConfigurationError([
    `Nothing runs on ${data}. Start it with --clock virtual, or name its directory: --data DIR. ` +
      'A run with --memory is reached at /_taskrouter/clock alone.',
  ]);
