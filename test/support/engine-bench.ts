import { Engine } from '../../src/taskrouter/engine/engine';
import type { Alert } from '../../src/taskrouter/model/alerts';
import type { Command, ResultOf, RoutingTarget } from '../../src/taskrouter/model/commands';
import type {
  Attributes,
  Delivery,
  Reservation,
  Task,
  Worker,
  WorkerChannel,
} from '../../src/taskrouter/model/entities';
import type { EventType } from '../../src/taskrouter/model/event-types';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import type { InstructionName } from '../../src/taskrouter/model/instructions';
import type { SidSource } from '../../src/taskrouter/model/sids';
import type { ReservationStatus } from '../../src/taskrouter/model/statuses';
import { countingSids } from './counting-sids';
import { instructionOf } from './read-instruction';
import { StoredRows } from './stored-rows';

export const attributes = (value: Record<string, unknown>): Attributes => ({
  text: JSON.stringify(value),
  value,
});

type QueueSids = { readonly spanish: string; readonly english: string };

export interface QueueSettings {
  readonly maxReservedWorkers?: number;
  readonly taskOrder?: 'FIFO' | 'LIFO';
  readonly reservationActivitySid?: string;
  readonly assignmentActivitySid?: string;
}

export interface BenchOptions {
  readonly multiTaskEnabled?: boolean;
  readonly assignmentCallbackUrl?: string;
  readonly fallbackAssignmentCallbackUrl?: string;
  readonly reservationTimeoutSeconds?: number;
  /** Builds the routing rules from the sids of the two queues. */
  readonly rules?: (queues: QueueSids) => object;
  readonly queue?: QueueSettings;
  readonly newSid?: SidSource;
  /** Unix milliseconds; default: a moment in 2023. */
  readonly startsAt?: number;
}

const tutorialRules = ({ spanish, english }: QueueSids) => ({
  filters: [
    { expression: 'selected_language == "es"', targets: [{ queue: spanish }] },
    { expression: 'selected_language == "en"', targets: [{ queue: english }] },
  ],
});

/**
 * An engine under test: the tutorial's workspace (Alice speaks English and Spanish, Bob English, both Offline), a
 * clock that `pass` advances, every event so far, and the rows as a store would have them.
 */
export class EngineBench {
  readonly engine: Engine;
  readonly events: TaskRouterEvent[] = [];
  readonly alerts: Alert[] = [];
  readonly stored = new StoredRows();
  readonly workspaceSid: string;
  readonly activities: Record<string, string> = {};
  readonly queues: QueueSids;
  readonly workflowSid: string;
  readonly alice: string;
  readonly bob: string;
  now: number;

  constructor(options: BenchOptions = {}) {
    const { multiTaskEnabled = false, newSid = countingSids(), startsAt = 1_700_000_000_000 } = options;
    this.now = startsAt;
    this.engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid });
    this.workspaceSid = this.run({ type: 'CreateWorkspace', friendlyName: 'Tutorial', multiTaskEnabled }).sid;
    if (multiTaskEnabled) this.addSingleTaskingActivities();
    for (const { friendlyName, sid } of this.engine.view.all('activities', this.workspaceSid)) {
      this.activities[friendlyName] = sid;
    }
    this.queues = {
      spanish: this.addQueue('Spanish', 'languages HAS "es"', options.queue),
      english: this.addQueue('English', 'languages HAS "en"', options.queue),
    };
    this.workflowSid = this.addWorkflow((options.rules ?? tutorialRules)(this.queues), options);
    this.alice = this.addWorker('Alice', { languages: ['en', 'es'] });
    this.bob = this.addWorker('Bob', { languages: ['en'] });
    this.events.length = 0;
  }

  run<C extends Command>(command: C): ResultOf<C> {
    const outcome = this.engine.execute(command, this.now, { source: 'twilio', ipAddress: null });
    this.events.push(...outcome.events);
    this.alerts.push(...outcome.alerts);
    this.stored.fold(outcome);
    return outcome.result;
  }

  /** Advances the clock and handles every deadline on the way at its own time. */
  pass(seconds: number): void {
    const end = this.now + seconds * 1000;
    for (
      let next = this.engine.nextDeadline();
      next !== null && next <= end;
      next = this.engine.nextDeadline()
    ) {
      this.now = Math.max(this.now, next);
      this.run({ type: 'PassTime' });
    }
    this.now = end;
  }

  addActivity(friendlyName: string, available: boolean): string {
    const { workspaceSid } = this;
    const { sid } = this.run({ type: 'CreateActivity', workspaceSid, friendlyName, available });
    this.activities[friendlyName] = sid;
    return sid;
  }

  addQueue(friendlyName: string, targetWorkers: string, settings: QueueSettings = {}): string {
    const { workspaceSid } = this;
    return this.run({ type: 'CreateTaskQueue', workspaceSid, friendlyName, targetWorkers, ...settings }).sid;
  }

  /** A workflow with these `task_routing` rules. */
  addWorkflow(
    rules: object,
    options: BenchOptions = {},
    friendlyName = 'Incoming Customer Care Requests',
  ): string {
    return this.run({
      type: 'CreateWorkflow',
      workspaceSid: this.workspaceSid,
      friendlyName,
      configuration: JSON.stringify({ task_routing: rules }),
      taskReservationTimeoutSeconds: options.reservationTimeoutSeconds,
      assignmentCallbackUrl: options.assignmentCallbackUrl,
      fallbackAssignmentCallbackUrl: options.fallbackAssignmentCallbackUrl,
    }).sid;
  }

  updateWorkflow(rules: object, options: object = {}): void {
    const { workspaceSid, workflowSid } = this;
    const configuration = JSON.stringify({ task_routing: rules });
    this.run({ type: 'UpdateWorkflow', workspaceSid, workflowSid, configuration, ...options });
  }

  addWorker(friendlyName: string, value: Record<string, unknown>, activity = 'Offline'): string {
    const activitySid = this.activities[activity];
    const { workspaceSid } = this;
    const command = { type: 'CreateWorker', workspaceSid, friendlyName, activitySid } as const;
    return this.run({ ...command, attributes: attributes(value) }).sid;
  }

  /** `routingTarget` is a sid. */
  addTask(
    value: Record<string, unknown> = { selected_language: 'es' },
    {
      routingTarget,
      ...options
    }: { readonly routingTarget?: string | undefined; readonly [name: string]: unknown } = {},
  ): string {
    const { workspaceSid, workflowSid } = this;
    const command = { type: 'CreateTask', workspaceSid, workflowSid, attributes: attributes(value) } as const;
    return this.run({
      ...command,
      routingTarget: routingTarget === undefined ? undefined : routingTargetOf(routingTarget),
      ...options,
    }).sid;
  }

  addTaskChannel(uniqueName: string, options: object = {}): string {
    const { workspaceSid } = this;
    const command = {
      type: 'CreateTaskChannel',
      workspaceSid,
      friendlyName: uniqueName,
      uniqueName,
    } as const;
    return this.run({ ...command, ...options }).sid;
  }

  setActivity(workerSid: string, activity: string, options: object = {}): void {
    const activitySid = this.activities[activity];
    this.updateWorker(workerSid, { activitySid, ...options });
  }

  updateWorker(workerSid: string, patch: object): Worker {
    return this.run({ type: 'UpdateWorker', workspaceSid: this.workspaceSid, workerSid, ...patch });
  }

  /** Updates the worker channel with that unique name. */
  updateChannel(workerSid: string, uniqueName: string, patch: object): WorkerChannel {
    const workerChannelSid = this.channel(workerSid, uniqueName).sid;
    return this.run({
      type: 'UpdateWorkerChannel',
      workspaceSid: this.workspaceSid,
      workerChannelSid,
      ...patch,
    });
  }

  updateQueue(taskQueueSid: string, patch: object): void {
    this.run({ type: 'UpdateTaskQueue', workspaceSid: this.workspaceSid, taskQueueSid, ...patch });
  }

  updateWorkspace(patch: object): void {
    this.run({ type: 'UpdateWorkspace', workspaceSid: this.workspaceSid, ...patch });
  }

  updateTask(taskSid: string, patch: object): Task {
    return this.run({ type: 'UpdateTask', workspaceSid: this.workspaceSid, taskSid, ...patch });
  }

  deleteTask(taskSid: string): void {
    this.run({ type: 'DeleteTask', workspaceSid: this.workspaceSid, taskSid });
  }

  updateReservation(
    reservation: Reservation,
    reservationStatus: ReservationStatus,
    options: object = {},
  ): Reservation {
    const { workspaceSid } = this;
    const reservationSid = reservation.sid;
    return this.run({
      type: 'UpdateReservation',
      workspaceSid,
      reservationSid,
      reservationStatus,
      ...options,
    });
  }

  /** Settles the reservation's assignment callback with this instruction as the response. */
  respond(reservation: Reservation, name: InstructionName, parameters: object = {}): void {
    const instruction = instructionOf(name, parameters);
    const { sid: reservationSid } = reservation;
    const result = { kind: 'instruction', instruction } as const;
    this.run({ type: 'SettleAssignmentCallback', reservationSid, result });
  }

  /** Settles the reservation's assignment callback without an instruction, or as failed. */
  settle({ sid: reservationSid }: Reservation, kind: 'none' | 'failed'): void {
    this.run({ type: 'SettleAssignmentCallback', reservationSid, result: { kind } });
  }

  task(taskSid: string): Task {
    return mustExist(this.engine.view.find('tasks', taskSid), taskSid);
  }

  worker(workerSid: string): Worker {
    return mustExist(this.engine.view.find('workers', workerSid), workerSid);
  }

  reservation(reservationSid: string): Reservation {
    return mustExist(this.engine.view.find('reservations', reservationSid), reservationSid);
  }

  channel(workerSid: string, uniqueName: string): WorkerChannel {
    const { view } = this.engine;
    const found = view
      .channelsOfWorker(workerSid)
      .find(({ taskChannelSid }) => view.find('taskChannels', taskChannelSid)?.uniqueName === uniqueName);
    return mustExist(found, uniqueName);
  }

  statusOf(taskSid: string): string {
    return this.task(taskSid).status;
  }

  /** The name of the queue the task is in. */
  queueOf(taskSid: string): string | undefined {
    return this.engine.view.find('taskQueues', this.task(taskSid).taskQueueSid)?.friendlyName;
  }

  activityOf(workerSid: string): string | undefined {
    return this.engine.view.find('activities', this.worker(workerSid).activitySid)?.friendlyName;
  }

  reservations(taskSid: string): readonly Reservation[] {
    return this.engine.view.reservationsOfTask(taskSid);
  }

  reservationStatuses(taskSid: string): string[] {
    return this.reservations(taskSid).map(({ status }) => status);
  }

  /** The task's only pending reservation; with a name, the pending reservation of that worker. */
  pending(taskSid: string, workerName?: string): Reservation {
    const open = this.reservations(taskSid).filter(
      (each) => each.status === 'pending' && (workerName === undefined || each.workerName === workerName),
    );
    if (open.length !== 1 || !open[0]) throw new Error(`${taskSid} has ${open.length} pending reservations`);
    return open[0];
  }

  /** The names of the workers with a pending reservation for the task. */
  offeredTo(taskSid: string): string[] {
    const open = this.reservations(taskSid).filter(({ status }) => status === 'pending');
    return open.map(({ workerName }) => workerName);
  }

  /** The names of the workers to whom the task has been offered, in order. */
  offers(taskSid: string): string[] {
    return this.reservations(taskSid).map(({ workerName }) => workerName);
  }

  deliveries(kind: Delivery['kind']): Delivery[] {
    return [...this.engine.view.all('deliveries')].filter((delivery) => delivery.kind === kind);
  }

  /** The types of the events since the last call. */
  takeEventTypes(): EventType[] {
    return this.events.splice(0).map(({ type }) => type);
  }

  /** The last event of that type. */
  lastEvent(type: EventType): TaskRouterEvent {
    return mustExist(
      this.events.findLast((event) => event.type === type),
      type,
    );
  }

  /** A bench that goes on from this state, and leaves this one as it is. */
  copy(newSid: SidSource): EngineBench {
    const parts = { engine: this.reloaded(newSid), events: [], alerts: [], stored: new StoredRows() };
    return Object.assign(Object.create(EngineBench.prototype), this, parts);
  }

  /** A new engine loaded from the rows that a store would have now. */
  reloaded(newSid: SidSource): Engine {
    const engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid });
    engine.load(this.stored.rows(), this.stored.sequence);
    return engine;
  }

  private addSingleTaskingActivities(): void {
    this.addActivity('Idle', true);
    this.addActivity('Busy', false);
    this.addActivity('Reserved', false);
  }
}

/** The RoutingTarget for a sid, by its prefix. */
function routingTargetOf(sid: string): RoutingTarget {
  const kinds = { WK: 'worker', WQ: 'taskQueue', WW: 'workflow' } as const;
  return { kind: kinds[sid.slice(0, 2) as keyof typeof kinds], sid };
}

function mustExist<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
