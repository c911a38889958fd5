import type { Rule } from '../common/finding';

const docs = 'https://www.twilio.com/docs/taskrouter';
const expressionSyntax = `${docs}/expression-syntax`;
const workflowConfiguration = `${docs}/workflow-configuration`;
const inProduction = 'Workflows in production; the documentation does not mention it';

/** All rules by their codes. A code that was released keeps its meaning. */
export const rules = {
  invalid_expression: {
    severity: 'error',
    about: 'An expression or an `order_by` cannot be read, so TaskRouter rejects the queue or the workflow.',
    source: expressionSyntax,
  },
  ignored_text: {
    severity: 'warning',
    about: 'TaskRouter reads past a part of an expression, so that part counts for nothing.',
    source: inProduction,
  },
  unquoted_text: {
    severity: 'warning',
    about: 'Text without quotes is the name of an attribute, which is missing nearly always.',
    source: expressionSyntax,
  },
  worker_prefix: {
    severity: 'warning',
    about: 'The expression of a queue names attributes of the worker with the prefix `worker.`.',
    source: expressionSyntax,
  },
  missing_prefix: {
    severity: 'warning',
    about:
      'The expression of a target names an attribute without `task.` or `worker.`, so TaskRouter reads nothing.',
    source: `${workflowConfiguration}`,
  },
  unknown_field: {
    severity: 'warning',
    about: 'TaskRouter ignores a field of a filter or a target that it does not know.',
    source: workflowConfiguration,
  },
  hyphen_in_channel_name: {
    severity: 'warning',
    about: 'Expressions cannot read a task channel whose name has a hyphen.',
    source: `${docs}/api/task-channel`,
  },
  unreadable_attribute: {
    severity: 'info',
    about: 'Expressions cannot read an attribute whose name has a hyphen or is a keyword.',
    source: expressionSyntax,
  },
  unknown_worker_attribute: {
    severity: 'warning',
    about: 'No worker has the attribute that an expression reads.',
    source: expressionSyntax,
  },
  unknown_task_attribute: {
    severity: 'warning',
    about:
      'No task in `exampleTasks` has the attribute that an expression reads. Without `exampleTasks`: the name looks like a misspelling of another one.',
    source: expressionSyntax,
  },
  list_operator_on_text: {
    severity: 'warning',
    about: 'HAS and IN need a list, so with another value they never match.',
    source: expressionSyntax,
  },
  text_operator_on_list: {
    severity: 'warning',
    about: 'Comparisons such as == and CONTAINS never match a list.',
    source: expressionSyntax,
  },
  different_types: {
    severity: 'warning',
    about: 'Values of different types, such as 3 and "3", are never equal.',
    source: expressionSyntax,
  },
  never_true: {
    severity: 'warning',
    about: 'An expression contradicts itself, so it never matches.',
    source: expressionSyntax,
  },
  unknown_order_by_attribute: {
    severity: 'warning',
    about: 'No worker has the attribute that `order_by` names, so it orders nothing.',
    source: `${docs}/order-workers`,
  },
  order_by_not_integer: {
    severity: 'warning',
    about: 'A worker has a value that is not an integer where `order_by` reads, so the order is ignored.',
    source: `${docs}/order-workers`,
  },
  filter_never_reached: {
    severity: 'warning',
    about: 'Every task that a filter matches is taken by a filter before it.',
    source: workflowConfiguration,
  },
  target_never_reached: {
    severity: 'warning',
    about: 'The target before it has neither a timeout nor a `skip_if`, so tasks never leave it.',
    source: workflowConfiguration,
  },
  default_filter_never_reached: {
    severity: 'warning',
    about: 'A filter takes every task, so the default filter takes none.',
    source: workflowConfiguration,
  },
  missing_default_filter: {
    severity: 'info',
    about: 'A task that no filter matches is canceled as soon as it is created.',
    source: workflowConfiguration,
  },
  example_without_filter: {
    severity: 'warning',
    about: 'No filter of any workflow matches a task in `exampleTasks`.',
    source: workflowConfiguration,
  },
  priority_without_effect: {
    severity: 'warning',
    about: 'The queue of a target with a priority is LIFO, which ignores priorities.',
    source: `${docs}/queue-ordering-last-first-out-lifo`,
  },
  reservation_outlasts_target: {
    severity: 'info',
    about:
      'Reservations last longer than a target, so a task can stay longer than the timeout of its target.',
    source: `${docs}/task-evaluation`,
  },
  queue_without_workers: {
    severity: 'warning',
    about: 'The expression of a queue matches no worker, so its tasks wait.',
    source: `${docs}/api/task-queue`,
  },
  worker_in_no_queue: {
    severity: 'warning',
    about: 'No queue matches a worker, who is never offered a task.',
    source: `${docs}/api/task-queue`,
  },
  capacity_zero: {
    severity: 'info',
    about: 'A worker with capacity 0 in a task channel is offered no task of it.',
    source: `${docs}/api/worker-channel`,
  },
  available_timeout_activity: {
    severity: 'warning',
    about:
      'A worker who lets a reservation time out stays available, and is offered the same task again and again.',
    source: `${docs}/api/workspace`,
  },
  available_queue_activity: {
    severity: 'warning',
    about:
      'In a single-tasking workspace, a worker with a reservation or an assigned task stays available, so the activity does not show that the worker is occupied.',
    source: `${docs}/api/task-queue`,
  },
  no_assignment_callback: {
    severity: 'info',
    about: 'A workflow has no assignment callback URL, so only a worker or a program can accept its tasks.',
    source: `${docs}/handle-assignment-callbacks`,
  },
  callback_not_https: {
    severity: 'warning',
    about: 'The requests to a callback URL are not encrypted.',
    source: 'https://www.twilio.com/docs/usage/security',
  },
  callback_not_public: {
    severity: 'error',
    about: 'Twilio cannot reach a callback URL on a private network or on this computer.',
    source: 'https://www.twilio.com/docs/usage/security',
  },
  fallback_on_same_host: {
    severity: 'info',
    about:
      'The fallback URL of a workflow is on the host of the URL that it replaces, so both fail together.',
    source: `${docs}/handle-assignment-callbacks`,
  },
  limit_nearly_reached: {
    severity: 'info',
    about: 'The workspace uses at least 90 % of a limit of TaskRouter.',
    source: `${docs}/limits`,
  },
} as const satisfies Record<string, Rule>;

export type FindingCode = keyof typeof rules;

/** In the order of the documentation. */
export const findingCodes = Object.keys(rules) as readonly FindingCode[];
