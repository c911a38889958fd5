import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../system/config';
import type {
  ReservationExplanationJson,
  TaskExplanationJson,
  WorkerExplanationJson,
} from '../../taskrouter/explain/explanation-json';
import { printReservationExplanation, printTaskExplanation, printWorkerExplanation } from '../explain/print';
import { dataFlag } from '../flags';
import { type Reporter, terminalColors } from '../reporter';
import { notRunning, requestRunning } from '../running';
import type { Terminal } from '../terminal';
import { writeJson, writeLines } from '../workspace/output';

interface ExplainFlags {
  readonly task?: string | undefined;
  readonly worker?: string | undefined;
  readonly reservation?: string | undefined;
  readonly data: string;
  readonly json: boolean;
}

export const explain = (terminal: Terminal): CommandModule<object, ExplainFlags> => ({
  command: 'explain [task]',
  describe: 'Say why a task waits, a worker is offered nothing, or a reservation went to its worker',
  builder: (yargs) =>
    yargs
      .positional('task', { type: 'string', describe: 'Sid of the task: WT…' })
      .option('worker', { type: 'string', requiresArg: true, describe: 'Name or sid of a worker' })
      .option('reservation', { type: 'string', requiresArg: true, describe: 'Sid of a reservation: WR…' })
      .option('data', dataFlag)
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .example('$0 explain WT…', 'Why this task waits')
      .example('$0 explain --worker Alice', 'Why Alice is offered nothing')
      .example('$0 explain --reservation WR…', 'Why this worker, and not the others'),
  handler: async (flags) => {
    const response = await requestRunning(terminal, path.resolve(flags.data), `explain?${queryOf(flags)}`);
    if (response === null) throw notRunning(flags.data);
    if (flags.json) return writeJson(terminal, response as object);
    writeLines(terminal, printed(flags, response, terminalColors(terminal)));
  },
});

function printed(
  { worker, reservation }: ExplainFlags,
  response: unknown,
  colors: Reporter['colors'],
): string {
  if (reservation !== undefined)
    return printReservationExplanation(response as ReservationExplanationJson, colors);
  return worker === undefined
    ? printTaskExplanation(response as TaskExplanationJson, colors)
    : printWorkerExplanation(response as WorkerExplanationJson, colors);
}

/** @throws ConfigurationError unless either a task, a worker, or a reservation is named */
function queryOf({ task, worker, reservation }: ExplainFlags): string {
  if ([task, worker, reservation].filter((each) => each !== undefined).length !== 1) {
    throw new ConfigurationError([
      'Name a task, a worker, or a reservation: taskrouter explain WT…, --worker Alice, or --reservation WR….',
    ]);
  }
  if (task !== undefined) return new URLSearchParams({ task_sid: task }).toString();
  if (reservation !== undefined) return new URLSearchParams({ reservation_sid: reservation }).toString();
  const name = /^WK[0-9a-f]{32}$/i.test(worker ?? '') ? 'worker_sid' : 'worker_name';
  return new URLSearchParams({ [name]: worker ?? '' }).toString();
}
