import type { ServiceState } from './entries';
import type { Tour, TourStep, TourTask } from './tour';

/** What to do to reach a step: a sentence, and a URL or command for it. */
interface Instruction {
  readonly sentence: string;
  /** For the address bar or a terminal. It is never a link, because opening it changes something. */
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

/** The next instruction, with the Functions or, if there are none, with curl. */
export function instructionFor(
  step: TourTask,
  tour: Tour,
  { functions_url, suggested_move }: Pick<ServiceState, 'functions_url' | 'suggested_move'>,
): Instruction {
  return functions_url === null
    ? withCurl(step, tour)
    : withFunctions(step, tour, functions_url, suggested_move);
}

function withFunctions(
  step: TourTask,
  { taskSid, workerName }: Tour,
  url: string,
  move: ServiceState['suggested_move'],
): Instruction {
  const task = `task_sid=${taskSid ?? 'WT…'}`;
  const instructions: Readonly<Record<TourTask, Instruction>> = {
    created: {
      sentence: 'Click “Create task” on the lifecycle page, or open this URL:',
      text: `${url}/create-task`,
    },
    available: {
      sentence: `Set ${move ? `${move.worker} ${move.activity}` : 'a worker to an available activity'} on the lifecycle page, or open this URL:`,
      text: `${url}/set-worker-activity?${workerParameters(move)}`,
    },
    accepted: {
      sentence: `Accept for ${workerName ?? 'the worker'} on the lifecycle page, or open this URL:`,
      text: `${url}/accept-reservation?${task}`,
    },
    completed: {
      sentence: 'Click “Complete” on the lifecycle page, or open this URL:',
      text: `${url}/complete-task?${task}`,
    },
  };
  return instructions[step];
}

function workerParameters(move: ServiceState['suggested_move']): string {
  if (!move) return 'worker={Worker}&activity={Activity}';
  return `worker=${encodeURIComponent(move.worker)}&activity=${encodeURIComponent(move.activity)}`;
}

function withCurl(step: TourTask, { taskSid, reservationSid }: Tour): Instruction {
  const task = `Tasks/${taskSid ?? '{TaskSid}'}`;
  const instructions: Readonly<Record<TourTask, Instruction>> = {
    created: {
      sentence: 'Run this in a terminal with the export lines of the banner:',
      text: curl('Tasks', `--data-urlencode Attributes='{"selected_language": "es"}'`),
    },
    available: {
      sentence: 'Set a worker to an available activity:',
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
  return instructions[step];
}

const curl = (path: string, parameters: string) =>
  `curl -X POST "$TASKROUTER_BASE_URL/v1/Workspaces/$WORKSPACE_SID/${path}" ${parameters} -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"`;
