import fc from 'fast-check';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { attributes, EngineBench } from '../support/engine-bench';

/** One thing that somebody does, or time that passes. Numbers choose among what there is at that moment. */
export type Step =
  | { readonly do: 'create'; readonly language: 'es' | 'en' | 'other'; readonly priority: number }
  | { readonly do: 'createFor'; readonly worker: number; readonly ignoreCapacity: boolean }
  | { readonly do: 'activity'; readonly worker: number; readonly activity: string; readonly reject: boolean }
  | { readonly do: 'skills'; readonly worker: number; readonly languages: readonly string[] }
  | { readonly do: 'capacity'; readonly worker: number; readonly capacity: number; readonly open: boolean }
  | { readonly do: 'reservation'; readonly pick: number; readonly status: string }
  | { readonly do: 'task'; readonly pick: number; readonly status: string }
  | { readonly do: 'attributes'; readonly pick: number; readonly language: 'es' | 'en' | 'other' }
  | { readonly do: 'delete'; readonly pick: number }
  | {
      readonly do: 'callback';
      readonly pick: number;
      readonly outcome: 'none' | 'failed' | 'accept' | 'reject';
    }
  | { readonly do: 'pass'; readonly seconds: number };

const pick = fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, fc.nat(50));
const worker = fc.nat(2);
const language = fc.constantFrom('es' as const, 'en' as const, 'other' as const);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('create' as const), language, priority: fc.nat(2) }) },
  fc.record({ do: fc.constant('createFor' as const), worker, ignoreCapacity: fc.boolean() }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('activity' as const),
      worker,
      activity: fc.constantFrom('Idle', 'Idle', 'Idle', 'Idle', 'Offline', 'Busy'),
      reject: fc.boolean(),
    }),
  },
  fc.record({
    do: fc.constant('skills' as const),
    worker,
    languages: fc.subarray(['es', 'en']),
  }),
  fc.record({ do: fc.constant('capacity' as const), worker, capacity: fc.nat(3), open: fc.boolean() }),
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('reservation' as const),
      pick,
      status: fc.constantFrom(
        'accepted',
        'accepted',
        'accepted',
        'rejected',
        'wrapping',
        'completed',
        'canceled',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('task' as const),
      pick,
      status: fc.constantFrom('canceled', 'wrapping', 'completed', 'pending'),
    }),
  },
  fc.record({ do: fc.constant('attributes' as const), pick, language }),
  fc.record({ do: fc.constant('delete' as const), pick }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('callback' as const),
      pick,
      outcome: fc.constantFrom('none' as const, 'failed' as const, 'accept' as const, 'reject' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      seconds: fc.constantFrom(1, 5, 20, 40, 120, 400, 90_000),
    }),
  },
);

export const steps = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' });

export interface Settings {
  readonly multiTaskEnabled: boolean;
  readonly maxReservedWorkers: number;
  readonly taskOrder: 'FIFO' | 'LIFO';
}

export const settings: fc.Arbitrary<Settings> = fc.record({
  multiTaskEnabled: fc.boolean(),
  maxReservedWorkers: fc.integer({ min: 1, max: 3 }),
  taskOrder: fc.constantFrom('FIFO' as const, 'LIFO' as const),
});

/** Spanish tasks move on to English after a while, English ones fall out, others wait in the default queue. */
export function startBench({ multiTaskEnabled, maxReservedWorkers, taskOrder }: Settings): EngineBench {
  const bench = new EngineBench({
    multiTaskEnabled,
    queue: { maxReservedWorkers, taskOrder },
    reservationTimeoutSeconds: 30,
    assignmentCallbackUrl: 'http://127.0.0.1:9/assignment',
    rules: ({ spanish, english }) => ({
      filters: [
        {
          expression: 'selected_language == "es"',
          targets: [{ queue: spanish, timeout: 45 }, { queue: english }],
        },
        { expression: 'selected_language == "en"', targets: [{ queue: english, priority: 1, timeout: 300 }] },
      ],
      default_filter: { queue: english },
    }),
  });
  bench.addWorker('Carol', { languages: ['es'] });
  return bench;
}

/** Does it; what is refused changes nothing, and is not what these tests are about. */
export function take(bench: EngineBench, each: Step): void {
  try {
    carryOut(bench, each);
  } catch (error) {
    if (!(error instanceof TaskRouterError)) throw error;
  }
}

function carryOut(bench: EngineBench, each: Step): void {
  const { view } = bench.engine;
  const workers = [...view.all('workers', bench.workspaceSid)].map(({ sid }) => sid);
  switch (each.do) {
    case 'create':
      bench.addTask({ selected_language: each.language }, { priority: each.priority });
      break;
    case 'createFor':
      bench.addTask({}, { routingTarget: workers[each.worker], ignoreCapacity: each.ignoreCapacity });
      break;
    case 'activity':
      bench.setActivity(workers[each.worker] as string, each.activity, {
        ...(each.reject && { rejectPendingReservations: true }),
      });
      break;
    case 'skills':
      bench.updateWorker(workers[each.worker] as string, {
        attributes: attributes({ languages: each.languages }),
      });
      break;
    case 'capacity':
      bench.updateChannel(workers[each.worker] as string, 'default', {
        capacity: each.capacity,
        available: each.open,
      });
      break;
    case 'pass':
      bench.pass(each.seconds);
      break;
    case 'callback':
      answerCallback(bench, each.pick, each.outcome);
      break;
    case 'reservation': {
      const reservation = chosen([...view.all('reservations', bench.workspaceSid)], each.pick);
      if (reservation) bench.updateReservation(reservation, each.status);
      break;
    }
    default:
      changeTask(bench, each);
  }
}

function answerCallback(
  bench: EngineBench,
  pick: number,
  outcome: 'none' | 'failed' | 'accept' | 'reject',
): void {
  const delivery = chosen(bench.deliveries('assignment'), pick);
  if (!delivery) return;
  const reservation = bench.reservation(delivery.sid);
  if (outcome === 'none' || outcome === 'failed') bench.settle(reservation, outcome);
  else bench.answer(reservation, outcome);
}

function changeTask(bench: EngineBench, each: Extract<Step, { do: 'delete' | 'task' | 'attributes' }>): void {
  const task = chosen([...bench.engine.view.all('tasks', bench.workspaceSid)], each.pick);
  if (!task) return;
  if (each.do === 'delete') bench.deleteTask(task.sid);
  else if (each.do === 'task') bench.updateTask(task.sid, { assignmentStatus: each.status });
  else bench.updateTask(task.sid, { attributes: attributes({ selected_language: each.language }) });
}

/** Counts from the newest, with which more can be done. */
function chosen<Row>(rows: readonly Row[], pick: number): Row | undefined {
  return rows.length === 0 ? undefined : rows[rows.length - 1 - (pick % rows.length)];
}
