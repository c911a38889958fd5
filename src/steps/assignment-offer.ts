import { parseAttributes } from './attributes';

/** The form of an assignment callback, with its JSON and numbers parsed. */
export interface AssignmentOffer {
  readonly workspaceSid: string;
  readonly workflowSid: string;
  readonly taskQueueSid: string;
  readonly taskSid: string;
  readonly reservationSid: string;
  readonly workerSid: string;
  /** `{}` if they are not a JSON object. */
  readonly taskAttributes: Readonly<Record<string, unknown>>;
  readonly workerAttributes: Readonly<Record<string, unknown>>;
  /** In s. */
  readonly taskAge: number;
  readonly taskPriority: number;
}

/** Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#assignment-callback-request */
export function readAssignmentOffer(form: Readonly<Record<string, unknown>>): AssignmentOffer {
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  return {
    workspaceSid: text('WorkspaceSid'),
    workflowSid: text('WorkflowSid'),
    taskQueueSid: text('TaskQueueSid'),
    taskSid: text('TaskSid'),
    reservationSid: text('ReservationSid'),
    workerSid: text('WorkerSid'),
    taskAttributes: parseAttributes(form.TaskAttributes) ?? {},
    workerAttributes: parseAttributes(form.WorkerAttributes) ?? {},
    taskAge: Number(text('TaskAge')),
    taskPriority: Number(text('TaskPriority')),
  };
}
