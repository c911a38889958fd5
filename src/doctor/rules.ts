import type { Rule } from '../common/finding';

const docs = 'https://www.twilio.com/docs/taskrouter';
const lifecycle = `${docs}/lifecycle-task-workflows-and-assignment`;
const limits = `${docs}/limits`;
const assignmentCallbacks = `${docs}/handle-assignment-callbacks`;
const ownFunctions = 'docs/functions.md';

/** All rules by their codes. A code that was released keeps its meaning. */
export const rules = {
  reservation_overdue: {
    severity: 'error',
    about: 'A reservation is still pending although its timeout is over, so its task and its worker wait.',
    source: lifecycle,
  },
  offered_to_offline_worker: {
    severity: 'warning',
    about: 'A task is offered to a worker who is Offline, so it waits until the reservation times out.',
    source: `${docs}/api/worker`,
  },
  offline_worker_with_task: {
    severity: 'warning',
    about: 'A task is assigned to a worker who is Offline.',
    source: `${docs}/api/worker`,
  },
  long_wrapping: {
    severity: 'warning',
    about: 'A task has been wrapping for 2 hours, and takes capacity of its worker until it is completed.',
    source: `${docs}/api/task`,
  },
  assignment_ends_soon: {
    severity: 'warning',
    about: 'A task has been assigned for 90 % of the time after which TaskRouter ends it.',
    source: limits,
  },
  time_to_live_ends_soon: {
    severity: 'warning',
    about: 'A task that nobody has accepted has used 90 % of its time-to-live, after which it is canceled.',
    source: `${docs}/api/task`,
  },
  assignment_count_nearly_reached: {
    severity: 'warning',
    about: 'A task was offered in vain 900 times. After 1,000 times it is canceled.',
    source: limits,
  },
  idle_worker_while_task_waits: {
    severity: 'error',
    about: 'A task waits, although a worker who could be offered it is available and idle.',
    source: lifecycle,
  },
  no_worker_for_waiting_tasks: {
    severity: 'warning',
    about: 'Tasks have waited for 5 minutes in a queue, and none of its workers is available or has a task.',
    source: lifecycle,
  },
  callback_unreachable: {
    severity: 'error',
    about: 'TaskRouter does not reach a callback URL.',
    source: assignmentCallbacks,
  },
  signature_refused: {
    severity: 'error',
    about: 'The receiver of a callback refuses the signature of TaskRouter.',
    source: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security',
  },
  callback_failed: {
    severity: 'error',
    about: 'The last response from a callback URL could not be used.',
    source: assignmentCallbacks,
  },
  callback_unreliable: {
    severity: 'warning',
    about: 'A tenth of the requests to a callback URL fail, although the last one was successful.',
    source: assignmentCallbacks,
  },
  slow_callback: {
    severity: 'warning',
    about: 'A callback URL takes over 3 s to respond. TaskRouter waits 5 s for an assignment callback.',
    source: assignmentCallbacks,
  },
  recent_alert: {
    severity: 'warning',
    about: "Within the last hour there were errors that Twilio's debugger shows, besides those of callbacks.",
    source: 'https://www.twilio.com/docs/api/errors',
  },
  functions_unreachable: {
    severity: 'error',
    about: 'There are no Functions at the URL where they should run, or they do not respond.',
    source: ownFunctions,
  },
  operator_rejected: {
    severity: 'warning',
    about: 'The Functions do not accept the operator, so neither their build nor their variables are known.',
    source: ownFunctions,
  },
  functions_misconfigured: {
    severity: 'error',
    about: 'A variable of the Functions is missing or invalid.',
    source: ownFunctions,
  },
  functions_of_another_build: {
    severity: 'warning',
    about: 'The Functions that run were built from other sources than those in this folder.',
    source: 'docs/deploy.md',
  },
} as const satisfies Record<string, Rule>;

export type FindingCode = keyof typeof rules;

/** In the order of the documentation. */
export const findingCodes = Object.keys(rules) as readonly FindingCode[];
