import type {
  ReservationExplanationJson,
  TaskExplanationJson,
  WorkerExplanationJson,
} from '../../taskrouter/explain/explanation-json';
import type { Reporter } from '../reporter';

type Colors = Reporter['colors'];
type Reasons = readonly { readonly message: string }[];

export function printTaskExplanation(explanation: TaskExplanationJson, colors: Colors): string {
  const { task_sid, assignment_status, summary, workflow, workers } = explanation;
  return [
    `${colors.bold(task_sid)}  ${assignment_status}`,
    `  ${summary}`,
    ...(workflow ? ['', ...workflowLines(workflow, colors)] : []),
    ...(workers.length > 0 ? ['', 'Workers, nearest first:'] : []),
    ...workers.map((worker) => workerLine(worker, colors)),
  ].join('\n');
}

export function printReservationExplanation(explanation: ReservationExplanationJson, colors: Colors): string {
  const { reservation_sid, task_sid, summary, workers } = explanation;
  return [
    `${colors.bold(reservation_sid)}  task ${task_sid}`,
    `  ${summary}`,
    '',
    'Workers at that time:',
    ...workers.map((worker) => workerLine(worker, colors)),
  ].join('\n');
}

function workerLine(
  { worker_name, eligible, reasons }: ReservationExplanationJson['workers'][number],
  colors: Colors,
): string {
  const sign = eligible ? colors.green('✓') : colors.red('✗');
  return `  ${sign} ${reasonText(reasons) || `${worker_name} can be offered the task`}`;
}

function workflowLines(
  { filter, target, queue, filters, next_deadline }: NonNullable<TaskExplanationJson['workflow']>,
  colors: Colors,
): string[] {
  const position = filter === 'default' ? 'the default filter' : `filter ${filter + 1}, target ${target + 1}`;
  return [
    `Workflow: ${position}, queue "${queue}", until ${next_deadline}`,
    ...filters.map(({ name, expression, matches }) => {
      const sign = matches ? colors.green('✓') : colors.red('✗');
      return `  ${sign} ${name ? `${name}: ` : ''}${expression}`;
    }),
  ];
}

export function printWorkerExplanation(explanation: WorkerExplanationJson, colors: Colors): string {
  const { worker_name, summary, tasks } = explanation;
  return [
    `${colors.bold(worker_name)}  ${explanation.worker_sid}`,
    `  ${summary}`,
    ...(tasks.length > 0 ? ['', 'Waiting tasks, nearest first:'] : []),
    ...tasks.map(({ task_sid, reasons }) => `  ${task_sid}  ${reasonText(reasons)}`),
  ].join('\n');
}

const reasonText = (reasons: Reasons) => reasons.map(({ message }) => message).join('; ');

/** What is inferred, in words. Fields that are not here follow from others. */
const inferredWords: Readonly<Record<string, string>> = {
  workflow: 'where it is in its workflow',
  'workflow.target': 'which filter and target it is in',
  'workflow.filters': 'the filters, because the workflow has changed since',
  'workflow.entered_at': 'since when it is there',
  'workflow.next_deadline': 'until when',
  workers: 'the order of the workers',
  reasons: 'what it waits for',
  ahead: 'how many tasks are ahead',
  tasks: 'which tasks are for the worker',
};

/** Below the explanation of an account, what the account does not tell. */
export function printInferred(fields: readonly string[], colors: Colors): string[] {
  const words = Object.entries(inferredWords).flatMap(([field, word]) =>
    fields.includes(field) ? [word] : [],
  );
  if (words.length === 0) return [];
  return ['', colors.dim(`Inferred, because REST does not show it: ${words.join('; ')}.`)];
}
