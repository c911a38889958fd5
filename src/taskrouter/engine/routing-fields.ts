import type { Reservation, Task, TaskChannel, TaskQueue, Worker, Workflow } from '../model/entities';
import { sidPrefix } from '../model/sids';
import {
  type Fields,
  taskFields,
  writeReservationFields,
  writeTaskQueueFields,
  writeWorkerFields,
  writeWorkflowFields,
} from './event-fields';
import type { WorkflowConfigurations } from './indexes/workflow-configurations';
import type { KnownWorkers } from './rules/known-workers';
import { isFinished } from './rules/transitions';
import type { EntityState } from './state/entity-state';

/** What the fields about a task show. Rows are immutable: while these are the same, so are the fields. */
interface Shown {
  readonly now: number;
  readonly task: Task;
  readonly channel: TaskChannel;
  readonly queue: TaskQueue | undefined;
  readonly workflow: Workflow | undefined;
  readonly knownWorker: Worker | undefined;
}

/** Adds fields of one event. */
export type WriteFields = (fields: Fields) => void;

/**
 * The fields of events about tasks, reservations, and workers. A new task has several events in a row with the same
 * fields: they are built once, and the events share one object. Objects that differ are built from the start: V8 writes
 * to a copy of an object with so many fields eight times more slowly.
 */
export class RoutingFields {
  private readonly operatingUnitSid: string;
  private shown: Shown | null = null;
  /** The fields of an event that shows this and nothing else; null until there is one. */
  private shared: Readonly<Fields> | null = null;

  constructor(
    private readonly state: EntityState,
    private readonly configurations: WorkflowConfigurations,
    private readonly knownWorkers: KnownWorkers,
    accountSid: string,
  ) {
    this.operatingUnitSid = `${sidPrefix.operatingUnit}${accountSid.slice(2)}`;
  }

  /** The fields about a task, its queue, and its workflow. */
  ofTask(task: Task, now: number, withQueue: boolean, writeMore?: WriteFields): Readonly<Fields> {
    const shown = this.show(task, now, withQueue);
    if (!writeMore) {
      this.shared ??= this.withOperatingUnit(routingFields(shown));
      return this.shared;
    }
    const fields = routingFields(shown);
    writeMore(fields);
    return this.withOperatingUnit(fields);
  }

  ofReservation(reservation: Reservation, now: number): Readonly<Fields> {
    const fields = routingFields(this.show(this.state.get('tasks', reservation.taskSid), now, true));
    const worker = this.state.find('workers', reservation.workerSid);
    if (worker) writeWorkerFields(fields, this.state, worker);
    writeReservationFields(fields, reservation);
    return this.withOperatingUnit(fields);
  }

  ofWorker(worker: Worker, extra: Fields): Readonly<Fields> {
    const fields: Fields = {};
    writeWorkerFields(fields, this.state, worker);
    return this.withOperatingUnit(Object.assign(fields, extra));
  }

  private show(task: Task, now: number, withQueue: boolean): Shown {
    const { state, shown } = this;
    const channel = state.get('taskChannels', task.taskChannelSid);
    // Both may be deleted while work continues.
    const queue = withQueue ? state.find('taskQueues', task.taskQueueSid) : undefined;
    const workflow = state.find('workflows', task.workflowSid);
    const knownWorker = this.knownWorkerOf(task);
    if (
      shown?.task === task &&
      shown.now === now &&
      shown.channel === channel &&
      shown.queue === queue &&
      shown.workflow === workflow &&
      shown.knownWorker === knownWorker
    )
      return shown;
    this.shown = { now, task, channel, queue, workflow, knownWorker };
    this.shared = null;
    return this.shown;
  }

  /** Events name the known worker of the target: https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing */
  private knownWorkerOf(task: Task): Worker | undefined {
    // The configuration that a finished task followed may be gone.
    const known = isFinished(task.status) ? undefined : this.configurations.targetOf(task)?.knownWorker;
    return known ? this.knownWorkers.find(task, known) : undefined;
  }

  /** Events of tasks, reservations, and workers name the account's operating unit: it has one, made up from its sid. */
  private withOperatingUnit(fields: Fields): Fields {
    fields.OperatingUnitSid = this.operatingUnitSid;
    return fields;
  }
}

function routingFields({ now, task, channel, queue, workflow, knownWorker }: Shown): Fields {
  const fields = taskFields(channel, task, now);
  if (queue) writeTaskQueueFields(fields, queue);
  if (workflow) writeWorkflowFields(fields, workflow);
  if (knownWorker) fields.KnownWorkerSid = knownWorker.sid;
  return fields;
}
