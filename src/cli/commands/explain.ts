import path from 'node:path';
import type { CommandModule } from 'yargs';
import type {
  ReservationExplanationJson,
  TaskExplanationJson,
  WorkerExplanationJson,
} from '../../taskrouter/explain/explanation-json';
import { explainOnTwilio } from '../explain/explain-twilio';
import {
  printInferred,
  printReservationExplanation,
  printTaskExplanation,
  printWorkerExplanation,
} from '../explain/print';
import { type Subject, type SubjectFlags, subjectOf } from '../explain/subject';
import { type ChoiceFlags, choiceFlags, dataFlag, jsonFlag, targetFlag } from '../flags';
import { type Reporter, terminalColors } from '../reporter';
import { notRunning, requestRunning } from '../running';
import type { Terminal } from '../terminal';
import { writeJson, writeLines } from '../workspace/output';

interface ExplainFlags extends SubjectFlags, ChoiceFlags {
  readonly target: 'local' | 'twilio';
  readonly data: string;
  readonly json: boolean;
}

/** An explanation; with `inferred` if it is about an account. */
type Explanation = (TaskExplanationJson | WorkerExplanationJson | ReservationExplanationJson) & {
  readonly inferred?: readonly string[];
};

export const explain = (terminal: Terminal): CommandModule<object, ExplainFlags> => ({
  command: 'explain [task]',
  describe: 'Say why a task waits, a worker is offered nothing, or a reservation went to its worker',
  builder: (yargs) =>
    choiceFlags(
      yargs
        .positional('task', { type: 'string', describe: 'Sid of the task: WT…' })
        .option('worker', { type: 'string', requiresArg: true, describe: 'Name or sid of a worker' })
        .option('reservation', { type: 'string', requiresArg: true, describe: 'Sid of a reservation: WR…' })
        .option('target', targetFlag)
        .option('data', dataFlag)
        .option('json', jsonFlag),
    )
      .example('$0 explain WT…', 'Why this task waits')
      .example('$0 explain --worker Alice', 'Why Alice is offered nothing')
      .example('$0 explain --reservation WR…', 'Why this worker, and not the others')
      .example('$0 explain WT… --target twilio', 'Why a task of your account waits'),
  handler: async (flags) => {
    const subject = subjectOf(flags);
    const explanation: Explanation =
      flags.target === 'twilio'
        ? await explainOnTwilio(terminal, flags, subject)
        : await explainRunning(terminal, flags, subject);
    if (flags.json) writeJson(terminal, explanation);
    else writeLines(terminal, printed(explanation, terminalColors(terminal)));
  },
});

/** @throws ConfigurationError when nothing runs on the data directory; Error with the `status` of an error response */
async function explainRunning(terminal: Terminal, { data }: ExplainFlags, subject: Subject) {
  const response = await requestRunning(terminal, path.resolve(data), `explain?${queryOf(subject)}`);
  if (response === null) throw notRunning(data);
  return response as Explanation;
}

function queryOf({ kind, name }: Subject): string {
  const isName = kind === 'worker' && !/^WK[0-9a-f]{32}$/i.test(name);
  return new URLSearchParams({ [`${kind}_${isName ? 'name' : 'sid'}`]: name }).toString();
}

function printed(explanation: Explanation, colors: Reporter['colors']): string {
  const inferred = printInferred(explanation.inferred ?? [], colors);
  return [printedAlone(explanation, colors), ...inferred].join('\n');
}

function printedAlone(explanation: Explanation, colors: Reporter['colors']): string {
  if ('reservation_sid' in explanation) return printReservationExplanation(explanation, colors);
  return 'task_sid' in explanation
    ? printTaskExplanation(explanation, colors)
    : printWorkerExplanation(explanation, colors);
}
