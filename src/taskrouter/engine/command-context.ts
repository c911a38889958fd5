import type { Alert } from '../model/alerts';
import type { Activity, Reservation, Task, Worker, Workspace } from '../model/entities';
import type { EventType, ResourceType } from '../model/event-types';
import type { Origin, TaskRouterEvent } from '../model/events';
import { type SidPrefix, sidPrefix } from '../model/sids';
import type { ReservationStatus } from '../model/statuses';
import {
  type Fields,
  previousActivityFields,
  writeReservationFields,
  writeTaskFields,
  writeTaskQueueFields,
  writeWorkerFields,
  writeWorkflowFields,
} from './event-fields';
import type { CallsOfReservations } from './indexes/calls-of-reservations';
import type { EventOutbox } from './indexes/event-outbox';
import type { FriendlyNames } from './indexes/friendly-names';
import type { QueueMembership } from './indexes/queue-membership';
import type { TasksInUse } from './indexes/tasks-in-use';
import type { WorkerLoad } from './indexes/worker-load';
import type { WorkflowConfigurations } from './indexes/workflow-configurations';
import type { ExpressionScopes } from './rules/expression-scopes';
import type { KnownWorkers } from './rules/known-workers';
import { isFinished } from './rules/transitions';
import type { EngineState, Settings } from './state/engine-state';
import type { EntityState } from './state/entity-state';

interface EventDetails {
  readonly type: EventType;
  readonly workspaceSid: string;
  readonly resourceType: ResourceType;
  readonly resourceSid: string;
  readonly description: string;
  readonly fields: Fields;
  readonly previousTaskQueueSid?: string;
}

/**
 * What a command works with: the state it changes, its moment, and the events and alerts it records.
 * `recordEvent` also decides whether the workspace gets a callback for an event.
 */
export class CommandContext {
  readonly events: TaskRouterEvent[] = [];
  readonly alerts: Alert[] = [];
  /** Tasks whose last open reservation ended without acceptance, and whose next step is still to be decided. */
  readonly releasedTasks = new Set<string>();

  readonly settings: Settings;
  readonly state: EntityState;
  readonly load: WorkerLoad;
  readonly workerNames: FriendlyNames;
  readonly taskQueueNames: FriendlyNames;
  readonly knownWorkers: KnownWorkers;
  readonly scopes: ExpressionScopes;
  readonly configurations: WorkflowConfigurations;
  readonly membership: QueueMembership;
  readonly tasksInUse: TasksInUse;
  readonly calls: CallsOfReservations;
  readonly eventOutbox: EventOutbox;

  constructor(
    engineState: EngineState,
    readonly now: number,
    private readonly origin: Origin,
  ) {
    this.settings = engineState.settings;
    this.state = engineState.state;
    this.load = engineState.load;
    this.workerNames = engineState.workerNames;
    this.taskQueueNames = engineState.taskQueueNames;
    this.knownWorkers = engineState.knownWorkers;
    this.scopes = engineState.scopes;
    this.configurations = engineState.configurations;
    this.membership = engineState.membership;
    this.tasksInUse = engineState.tasksInUse;
    this.calls = engineState.calls;
    this.eventOutbox = engineState.eventOutbox;
  }

  get accountSid(): string {
    return this.settings.accountSid;
  }

  /** Sid, sequence, and dates of an entity created now. */
  created(prefix: SidPrefix, name?: string) {
    const { sequence, dateCreated, dateUpdated } = this.dated();
    return { sid: this.settings.newSid(prefix, name), sequence, dateCreated, dateUpdated };
  }

  /** Sequence and dates of an entity that gets its sid elsewhere. */
  dated(): { sequence: number; dateCreated: number; dateUpdated: number } {
    return { sequence: this.state.nextSequence(), dateCreated: this.now, dateUpdated: this.now };
  }

  /** Changes a task and returns it; its version counts every change. */
  changeTask(task: Task, patch: Partial<Task>): Task {
    return this.state.put('tasks', { ...task, ...patch, dateUpdated: this.now, version: task.version + 1 });
  }

  changeReservation(reservation: Reservation, status: ReservationStatus): Reservation {
    const version = reservation.version + 1;
    const patch = { status, onHold: false, dateUpdated: this.now, version };
    return this.state.put('reservations', { ...reservation, ...patch });
  }

  changeWorker(worker: Worker, patch: Partial<Worker>): Worker {
    return this.state.put('workers', {
      ...worker,
      ...patch,
      dateUpdated: this.now,
      version: worker.version + 1,
    });
  }

  recordTaskEvent(type: EventType, task: Task, extra: Fields = {}, description?: string): void {
    this.recordEvent(this.taskEventDetails(type, task, extra, description));
  }

  /** @param task as it is in its new queue */
  recordTaskMoved(task: Task, previousTaskQueueSid: string): void {
    this.recordEvent({ ...this.taskEventDetails('task-queue.moved', task), previousTaskQueueSid });
  }

  recordReservationEvent(type: EventType, reservation: Reservation, description?: string): void {
    const worker = this.state.find('workers', reservation.workerSid);
    const fields = this.routingFields(this.state.get('tasks', reservation.taskSid));
    if (worker) writeWorkerFields(fields, this.state, worker);
    writeReservationFields(fields, reservation);
    this.recordEvent({
      type,
      workspaceSid: reservation.workspaceSid,
      resourceType: 'reservation',
      resourceSid: reservation.sid,
      description: description ?? `Reservation ${reservation.sid} ${wordOf(type)}`,
      fields,
    });
  }

  recordWorkerEvent(type: EventType, worker: Worker, description: string, extra: Fields = {}): void {
    const fields: Fields = {};
    writeWorkerFields(fields, this.state, worker);
    this.recordEvent({
      type,
      workspaceSid: worker.workspaceSid,
      resourceType: 'worker',
      resourceSid: worker.sid,
      description,
      fields: Object.assign(fields, extra),
    });
  }

  recordActivityChange(worker: Worker, before: Worker): void {
    const activity: Activity = this.state.get('activities', worker.activitySid);
    const previous = this.state.get('activities', before.activitySid);
    this.recordWorkerEvent(
      'worker.activity.update',
      worker,
      `Worker ${worker.friendlyName} updated to ${activity.friendlyName} Activity`,
      previousActivityFields(previous, before.dateStatusChanged, this.now),
    );
  }

  /** Records an alert for the debugger. */
  recordAlert(alert: Alert): void {
    this.alerts.push(alert);
  }

  recordEvent(details: EventDetails): void {
    const workspace = this.state.get('workspaces', details.workspaceSid);
    const { previousTaskQueueSid } = details;
    const event: TaskRouterEvent = {
      type: details.type,
      description: details.description,
      resourceType: details.resourceType,
      resourceSid: details.resourceSid,
      workspaceSid: details.workspaceSid,
      fields: this.withOperatingUnit(details),
      sid: this.settings.newSid(sidPrefix.event),
      sequence: this.state.nextSequence(),
      workspaceName: workspace.friendlyName,
      date: this.now,
      origin: this.origin,
      ...(previousTaskQueueSid !== undefined && { previousTaskQueueSid }),
    };
    this.events.push(event);
    if (wantsCallback(workspace, event.type)) this.putInOutbox(workspace, event);
  }

  /** Events of tasks, reservations, and workers name the account's operating unit: it has one, made up from its sid. */
  private withOperatingUnit({ resourceType, fields }: EventDetails): Fields {
    if (resourceType !== 'task' && resourceType !== 'reservation' && resourceType !== 'worker') return fields;
    fields.OperatingUnitSid = `${sidPrefix.operatingUnit}${this.accountSid.slice(2)}`;
    return fields;
  }

  private taskEventDetails(
    type: EventType,
    task: Task,
    extra: Fields = {},
    description?: string,
  ): EventDetails {
    return {
      type,
      workspaceSid: task.workspaceSid,
      resourceType: 'task',
      resourceSid: task.sid,
      description: description ?? `Task ${task.sid} ${wordOf(type)}`,
      fields: Object.assign(this.routingFields(task, !leavesQueues.has(type)), extra),
    };
  }

  /** The fields about a task, its queue, and its workflow. */
  private routingFields(task: Task, withQueue = true): Fields {
    // Both may be deleted while work continues.
    const queue = withQueue && this.state.find('taskQueues', task.taskQueueSid);
    const workflow = this.state.find('workflows', task.workflowSid);
    const knownWorker = this.knownWorkerOf(task);
    const fields: Fields = {};
    writeTaskFields(fields, this.state, task, this.now);
    if (queue) writeTaskQueueFields(fields, queue);
    if (workflow) writeWorkflowFields(fields, workflow);
    if (knownWorker) fields.KnownWorkerSid = knownWorker.sid;
    return fields;
  }

  /** Events name the known worker of the target: https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing */
  private knownWorkerOf(task: Task): Worker | undefined {
    // The configuration that a finished task followed may be gone.
    const known = isFinished(task.status) ? undefined : this.configurations.targetOf(task)?.knownWorker;
    return known ? this.knownWorkers.find(task, known) : undefined;
  }

  private putInOutbox(workspace: Workspace, event: TaskRouterEvent): void {
    this.state.put('deliveries', {
      sid: event.sid,
      sequence: event.sequence,
      dateCreated: this.now,
      dateUpdated: this.now,
      workspaceSid: workspace.sid,
      kind: 'event',
      taskSid: event.fields.TaskSid ?? null,
      workerSid: event.fields.WorkerSid ?? null,
      urls: [workspace.eventCallbackUrl],
      parameters: eventParameters(this.accountSid, event),
    });
  }
}

/** These events name no queue: the task has left the last one. */
const leavesQueues: ReadonlySet<EventType> = new Set(['workflow.timeout', 'workflow.skipped']);

/** The parameters of an event's callback: the common fields, then its own. */
export function eventParameters(accountSid: string, event: TaskRouterEvent): Fields {
  return {
    EventType: event.type,
    AccountSid: accountSid,
    WorkspaceSid: event.workspaceSid,
    WorkspaceName: event.workspaceName,
    EventDescription: event.description,
    ResourceType: event.resourceType,
    ResourceSid: event.resourceSid,
    Timestamp: String(Math.floor(event.date / 1000)),
    TimestampMs: String(event.date),
    Sid: event.sid,
    ...event.fields,
  };
}

/** EventsFilter lists types; an empty one means all. Blanks around commas are ignored. */
function wantsCallback(workspace: Workspace, type: EventType): boolean {
  if (!workspace.eventCallbackUrl) return false;
  const wanted = (workspace.eventsFilter ?? '').split(',').map((each) => each.trim());
  return wanted.every((each) => each === '') || wanted.includes(type);
}

/** `task.created` → `created`, `reservation.wrapup` → `wrapup`. */
const wordOf = (type: EventType) => type.slice(type.lastIndexOf('.') + 1);
