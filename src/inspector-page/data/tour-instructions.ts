import type { Tour, TourStep, TourTask } from './tour';

/** What to do so that a step is reached: a sentence, and what can be typed for it. */
export interface Instruction {
  readonly sentence: string;
  /** For the address bar or a terminal. Never a link: following one would act. */
  readonly text: string;
}

export const tourTitles: Readonly<Record<TourStep, string>> = {
  created: 'Task created',
  available: 'Worker becomes available',
  reserved: 'Worker reserved',
  accepted: 'Reservation accepted',
  assigned: 'Task assigned',
  completed: 'Task completed',
};

/** What to do next, with the Functions or, without them, with curl. */
export function instructionFor(step: TourTask, tour: Tour, functionsUrl: string | null): Instruction {
  return functionsUrl === null ? withCurl(step, tour) : withFunctions(step, tour, functionsUrl);
}

function withFunctions(step: TourTask, { taskSid, workerName }: Tour, url: string): Instruction {
  const task = `task_sid=${taskSid ?? 'WT…'}`;
  const advice: Readonly<Record<TourTask, Instruction>> = {
    created: {
      sentence: 'Press “Create task” on the lifecycle page, or paste this into the address bar:',
      text: `${url}/create-task`,
    },
    available: {
      sentence: 'Set Alice Idle on the lifecycle page, or paste this into the address bar:',
      text: `${url}/set-worker-activity?worker=Alice&activity=Idle`,
    },
    accepted: {
      sentence: `Let ${workerName ?? 'the worker'} accept on the lifecycle page, or paste this into the address bar:`,
      text: `${url}/accept-reservation?${task}`,
    },
    completed: {
      sentence: 'Press “Complete” on the lifecycle page, or paste this into the address bar:',
      text: `${url}/complete-task?${task}`,
    },
  };
  return advice[step];
}

function withCurl(step: TourTask, { taskSid, reservationSid }: Tour): Instruction {
  const task = `Tasks/${taskSid ?? '{TaskSid}'}`;
  const advice: Readonly<Record<TourTask, Instruction>> = {
    created: {
      sentence: 'Type this where the banner’s export lines are set:',
      text: curl('Tasks', `--data-urlencode Attributes='{"selected_language": "es"}'`),
    },
    available: {
      sentence: 'Move a worker to an activity that is available:',
      text: curl('Workers/{WorkerSid}', '-d ActivitySid={ActivitySid}'),
    },
    accepted: {
      sentence: 'Accept the reservation:',
      text: curl(
        `${task}/Reservations/${reservationSid ?? '{ReservationSid}'}`,
        '-d ReservationStatus=accepted',
      ),
    },
    completed: { sentence: 'Complete the task:', text: curl(task, '-d AssignmentStatus=completed') },
  };
  return advice[step];
}

const curl = (path: string, parameters: string) =>
  `curl -X POST "$TASKROUTER_BASE_URL/v1/Workspaces/$WORKSPACE_SID/${path}" ${parameters} -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"`;
