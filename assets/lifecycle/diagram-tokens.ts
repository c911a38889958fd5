import { groupBy } from '../../src/common/group-by';
import type { LifecycleResponse, Worker } from './lifecycle-response';
import { stages, taskStage } from './stages';
import { byName } from './worker-load';

/** A mark on the track: a task below it, a worker above it, or the number of tasks or workers without a mark. */
export interface Token {
  readonly key: string;
  readonly kind: 'task' | 'worker';
  readonly text: string;
  /** An index of `stages`. */
  readonly stage: number;
  /** The position within the stage, from 0. */
  readonly slot: number;
  /** Two tokens stand side by side, each half a width off center; a single one is centered. */
  readonly column: -0.5 | 0 | 0.5;
  /** Stands for the tasks or workers that have no token of their own. */
  readonly isOverflow?: true;
}

/** Our choice: slots per stage. The last one says how many more there are. */
const slots = { task: 6, worker: 2 } as const;

interface Item {
  readonly key: string;
  readonly text: string;
  readonly stage: number;
}

/** The tokens of a response. The tasks that arrived last at a stage have tokens, so that their move is visible. */
export function diagramTokens(lifecycle: LifecycleResponse): Token[] {
  const tasks = taskItems(lifecycle);
  const workers = workerItems(lifecycle);
  return stages.flatMap((_, stage) => [
    ...tokensAt(stage, 'task', tasks),
    ...tokensAt(stage, 'worker', workers),
  ]);
}

/** The stage of every task and worker by sid, including those without a token. */
export function stagesBySid(lifecycle: LifecycleResponse): Map<string, number> {
  return new Map([...taskItems(lifecycle), ...workerItems(lifecycle)].map(({ key, stage }) => [key, stage]));
}

function taskItems({ tasks }: LifecycleResponse): Item[] {
  return tasks
    .toSorted((one, other) => other.date_updated.localeCompare(one.date_updated))
    .flatMap((task) => {
      const stage = taskStage(task);
      return stage === undefined ? [] : [{ key: task.task_sid, text: task.task_sid.slice(-4), stage }];
    });
}

function workerItems({ workers, reservations }: LifecycleResponse): Item[] {
  const byWorker = groupBy(reservations, ({ worker_sid }) => worker_sid);
  return byName(workers).flatMap((worker) => {
    const statuses = byWorker.get(worker.worker_sid)?.map(({ reservation_status }) => reservation_status);
    const stage = workerStage(worker, statuses ?? []);
    return stage === undefined ? [] : [{ key: worker.worker_sid, text: worker.worker_name, stage }];
  });
}

/** Beside the task that a worker is offered or has; otherwise at the stage of available workers, or nowhere. */
function workerStage(worker: Worker, statuses: readonly string[]): number | undefined {
  if (statuses.includes('pending')) return 2;
  if (statuses.includes('accepted')) return 4;
  if (statuses.includes('wrapping')) return 5;
  return worker.available ? 1 : undefined;
}

function tokensAt(stage: number, kind: Token['kind'], items: readonly Item[]): Token[] {
  const here = items.filter((item) => item.stage === stage);
  const max = slots[kind];
  const shown = here.length > max ? here.slice(0, max - 1) : here;
  const overflow = here.length - shown.length;
  const count = Math.min(here.length, max);
  const position = (slot: number) => ({ kind, stage, slot, column: columnOf(slot, count) });
  const tokens: Token[] = shown.map(({ key, text }, slot) => ({ key, text, ...position(slot) }));
  if (overflow === 0) return tokens;
  const key = `${kind}-overflow-${stage}`;
  return [...tokens, { key, text: `+${overflow}`, ...position(max - 1), isOverflow: true }];
}

function columnOf(slot: number, count: number): Token['column'] {
  const isAlone = slot % 2 === 0 && slot === count - 1;
  if (isAlone) return 0;
  return slot % 2 === 0 ? -0.5 : 0.5;
}
