import { byName } from './empty-states';
import type { LifecycleResponse, Reservation, Worker } from './lifecycle-response';
import { stages, taskStage } from './stages';

/** A thing on the line of stages: a task below it, a worker above it, or how many more there are. */
export interface Token {
  readonly key: string;
  readonly kind: 'task' | 'worker';
  readonly text: string;
  /** An index of `stages`. */
  readonly stage: number;
  /** Its place there, from 0. */
  readonly slot: number;
  /** Two stand beside each other, half a place off the middle; one alone stands in the middle. */
  readonly column: -0.5 | 0 | 0.5;
  /** Stands for those that have no place of their own. */
  readonly isRest?: true;
}

/** Our choices: places at a stage, of which the last one says how many more there are. */
const places = { task: 6, worker: 2 } as const;

interface Thing {
  readonly key: string;
  readonly text: string;
  readonly stage: number;
}

/** What stands on the line now: of the tasks at a stage those that came last, since those are seen to move. */
export function diagramTokens(lifecycle: LifecycleResponse): Token[] {
  const tasks = taskThings(lifecycle);
  const workers = workerThings(lifecycle);
  return stages.flatMap((_, stage) => [...placed('task', stage, tasks), ...placed('worker', stage, workers)]);
}

/** Where every task and worker stands, those without a place of their own included, by sid. */
export function stagesBySid(lifecycle: LifecycleResponse): Map<string, number> {
  return new Map(
    [...taskThings(lifecycle), ...workerThings(lifecycle)].map(({ key, stage }) => [key, stage]),
  );
}

function taskThings({ tasks }: LifecycleResponse): Thing[] {
  return [...tasks]
    .sort((one, other) => other.date_updated.localeCompare(one.date_updated))
    .flatMap((task) => {
      const stage = taskStage(task);
      return stage === undefined ? [] : [{ key: task.task_sid, text: task.task_sid.slice(-4), stage }];
    });
}

function workerThings({ workers, reservations }: LifecycleResponse): Thing[] {
  const held = new Map<string, Set<string>>();
  for (const { worker_sid, reservation_status } of reservations) {
    if (worker_sid === null) continue;
    held.set(worker_sid, (held.get(worker_sid) ?? new Set()).add(reservation_status));
  }
  return byName(workers).flatMap((worker) => {
    const stage = workerStage(worker, held.get(worker.worker_sid) ?? new Set());
    return stage === undefined ? [] : [{ key: worker.worker_sid, text: worker.worker_name, stage }];
  });
}

/** Beside the task that a worker is asked about or works on; else where available workers stand, or nowhere. */
function workerStage(worker: Worker, statuses: ReadonlySet<Reservation['reservation_status']>) {
  if (statuses.has('pending')) return 2;
  if (statuses.has('accepted')) return 4;
  if (statuses.has('wrapping')) return 5;
  return worker.available ? 1 : undefined;
}

function placed(kind: Token['kind'], stage: number, things: readonly Thing[]): Token[] {
  const here = things.filter((thing) => thing.stage === stage);
  const most = places[kind];
  const shown = here.length > most ? here.slice(0, most - 1) : here;
  const rest = here.length - shown.length;
  const count = Math.min(here.length, most);
  const placeAt = (slot: number) => ({ kind, stage, slot, column: columnOf(slot, count) });
  const tokens: Token[] = shown.map(({ key, text }, slot) => ({ key, text, ...placeAt(slot) }));
  if (rest === 0) return tokens;
  return [...tokens, { key: `${kind}-rest-${stage}`, text: `+${rest}`, ...placeAt(most - 1), isRest: true }];
}

function columnOf(slot: number, count: number): Token['column'] {
  const isAlone = slot % 2 === 0 && slot === count - 1;
  if (isAlone) return 0;
  return slot % 2 === 0 ? -0.5 : 0.5;
}
