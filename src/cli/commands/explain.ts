import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../system/config';
import type { TaskExplanationJson, WorkerExplanationJson } from '../../taskrouter/explain/explanation-json';
import { printTaskExplanation, printWorkerExplanation } from '../explain/print';
import { dataFlag } from '../flags';
import { terminalColors } from '../reporter';
import { notRunning, requestRunning } from '../running';
import type { Terminal } from '../terminal';
import { writeJson, writeLines } from '../workspace/output';

interface ExplainFlags {
  readonly task?: string | undefined;
  readonly worker?: string | undefined;
  readonly data: string;
  readonly json: boolean;
}

export const explain = (terminal: Terminal): CommandModule<object, ExplainFlags> => ({
  command: 'explain [task]',
  describe: 'Say why a task waits, or why a worker is offered nothing',
  builder: (yargs) =>
    yargs
      .positional('task', { type: 'string', describe: 'Sid of the task: WT…' })
      .option('worker', { type: 'string', requiresArg: true, describe: 'Name or sid of a worker' })
      .option('data', dataFlag)
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .example('$0 explain WT…', 'Why this task waits')
      .example('$0 explain --worker Alice', 'Why Alice is offered nothing'),
  handler: async (flags) => {
    const response = await requestRunning(terminal, path.resolve(flags.data), `explain?${queryOf(flags)}`);
    if (response === null) throw notRunning(flags.data);
    if (flags.json) return writeJson(terminal, response as object);
    const colors = terminalColors(terminal);
    writeLines(
      terminal,
      flags.worker === undefined
        ? printTaskExplanation(response as TaskExplanationJson, colors)
        : printWorkerExplanation(response as WorkerExplanationJson, colors),
    );
  },
});

/** @throws ConfigurationError unless either a task or a worker is named */
function queryOf({ task, worker }: ExplainFlags): string {
  if ((task === undefined) === (worker === undefined)) {
    throw new ConfigurationError(['Name a task or a worker: taskrouter explain WT…, or --worker Alice.']);
  }
  if (task !== undefined) return new URLSearchParams({ task_sid: task }).toString();
  const name = /^WK[0-9a-f]{32}$/i.test(worker ?? '') ? 'worker_sid' : 'worker_name';
  return new URLSearchParams({ [name]: worker ?? '' }).toString();
}
