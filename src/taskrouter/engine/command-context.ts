import type { Alert } from '../model/alerts';
import type {
  Activity,
  Reservation,
  Task,
  Transfer,
  Worker,
  WorkerChannel,
  Workspace,
} from '../model/entities';
import type { EventType, ResourceType } from '../model/event-types';
import type { EventSubject, Origin, TaskRouterEvent } from '../model/events';
import { type SidPrefix, sidPrefix } from '../model/sids';
import { type Fields, previousActivityFields, writeTransferFields } from './event-fields';
import type { EventOutbox } from './indexes/event-outbox';
import type { FriendlyNames } from './indexes/friendly-names';
import type { QueueMembership } from './indexes/queue-membership';
import type { RowsByOwner } from './indexes/rows-by-owner';
import type { TasksInUse } from './indexes/tasks-in-use';
import type { WorkerLoad } from './indexes/worker-load';
import type { WorkflowConfigurations } from './indexes/workflow-configurations';
import type { RoutingFields, WriteFields } from './routing-fields';
import type { ExpressionScopes } from './rules/expression-scopes';
import type { KnownWorkers } from './rules/known-workers';
import type { EngineState, Settings } from './state/engine-state';
import type { EntityState } from './state/entity-state';
import type { RecentOffers } from './state/recent-offers';

interface EventDetails {
  readonly type: EventType;
  readonly workspaceSid: string;
  readonly resourceType: ResourceType;
  readonly resourceSid: string;
  readonly description: string;
  readonly fields: Readonly<Fields>;
  readonly previousTaskQueueSid?: string;
}

/** What a command causes besides its result and its changes. */
export interface Effects {
  readonly events: TaskRouterEvent[];
  /** What each event is about; undefined for one about the settings of a workspace. */
  readonly subjects: (EventSubject | undefined)[];
  readonly alerts: Alert[];
}

/**
 * What a command works with: the state it changes, its moment, and the events and alerts it records.
 * `recordEvent` also decides whether the workspace gets a callback for an event.
 */
export class CommandContext {
  /** Tasks whose last open reservation ended without acceptance, and whose next step is still to be decided. */
  readonly releasedTasks: string[] = [];

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
  readonly calls: RowsByOwner<'calls'>;
  readonly transfers: RowsByOwner<'transfers'>;
  readonly eventOutbox: EventOutbox;
  readonly offers: RecentOffers;
  private readonly fields: RoutingFields;

  constructor(
    engineState: EngineState,
    readonly now: number,
    private readonly origin: Origin,
    private readonly effects: Effects,
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
    this.transfers = engineState.transfers;
    this.eventOutbox = engineState.eventOutbox;
    this.offers = engineState.offers;
    this.fields = engineState.fields;
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

  /**
   * The next three change an entity: its version counts every change.
   * @param changed a copy with the new values, of which the caller has the only reference: `{ ...task, status }`. Not a
   * patch, because to spread a second object takes V8 five times as long.
   * @returns the copy, with its date and version
   */
  changeTask(changed: Task): Task {
    return this.state.put('tasks', this.nextVersion(changed));
  }

  changeReservation(changed: Reservation): Reservation {
    return this.state.put('reservations', this.nextVersion(changed));
  }

  changeWorker(changed: Worker): Worker {
    return this.state.put('workers', this.nextVersion(changed));
  }

  private nextVersion<Row extends Task | Reservation | Worker>(row: Row): Row {
    const copy: { dateUpdated: number; version: number } = row;
    copy.dateUpdated = this.now;
    copy.version += 1;
    return row;
  }

  recordTaskEvent(
    type: EventType,
    task: Task,
    description = `Task ${task.sid} ${wordOf(type)}`,
    writeMore?: WriteFields,
    reservations = this.load.openOfTask(task.sid),
  ): void {
    this.recordEvent(this.taskEventDetails(type, task, description, writeMore), { task, reservations });
  }

  /** @param task as it is in its new queue */
  recordTaskMoved(task: Task, previousTaskQueueSid: string): void {
    const details = this.taskEventDetails('task-queue.moved', task, `Task ${task.sid} moved`);
    this.recordEvent({ ...details, previousTaskQueueSid });
  }

  recordQueueEntered(task: Task): void {
    const { friendlyName } = this.state.get('taskQueues', task.taskQueueSid);
    this.recordTaskEvent('task-queue.entered', task, `Task ${task.sid} entered TaskQueue ${friendlyName}`);
  }

  recordReservationEvent(
    type: EventType,
    reservation: Reservation,
    description = `Reservation ${reservation.sid} ${wordOf(type)}`,
  ): void {
    const { workspaceSid, sid: resourceSid } = reservation;
    const fields = this.fields.ofReservation(reservation, this.now);
    this.recordEvent(
      { type, workspaceSid, resourceType: 'reservation', resourceSid, description, fields },
      { reservation, task: this.state.get('tasks', reservation.taskSid) },
    );
  }

  /** Source: receivers read `ResourceType` `transfer` and the task's own fields next to those of the transfer. */
  recordTransferEvent(type: EventType, transfer: Transfer): void {
    const task = this.state.get('tasks', transfer.taskSid);
    const description = `Transfer ${transfer.sid} ${wordOf(type).replace('transfer-', '')}`;
    const details = this.taskEventDetails(type, task, description, (fields) =>
      writeTransferFields(fields, transfer),
    );
    const own = { resourceType: 'transfer', resourceSid: transfer.sid } as const;
    this.recordEvent({ ...details, ...own }, { task, transfer });
  }

  recordWorkerEvent(
    type: EventType,
    worker: Worker,
    description: string,
    extra: Fields = {},
    workerChannel?: WorkerChannel,
  ): void {
    const { workspaceSid, sid: resourceSid } = worker;
    const fields = this.fields.ofWorker(worker, extra);
    this.recordEvent(
      { type, workspaceSid, resourceType: 'worker', resourceSid, description, fields },
      { worker, workerChannel },
    );
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
    this.effects.alerts.push(alert);
  }

  /** @param subject undefined for an event about the settings of a workspace */
  recordEvent(details: EventDetails, subject?: EventSubject): void {
    const workspace = this.state.get('workspaces', details.workspaceSid);
    const common: TaskRouterEvent = {
      type: details.type,
      description: details.description,
      resourceType: details.resourceType,
      resourceSid: details.resourceSid,
      workspaceSid: details.workspaceSid,
      fields: details.fields,
      sid: this.settings.newSid(sidPrefix.event),
      sequence: this.state.nextSequence(),
      workspaceName: workspace.friendlyName,
      date: this.now,
      origin: this.origin,
    };
    const { previousTaskQueueSid } = details;
    const event = previousTaskQueueSid === undefined ? common : { ...common, previousTaskQueueSid };
    this.effects.events.push(event);
    this.effects.subjects.push(subject);
    if (wantsCallback(workspace, event.type)) this.putInOutbox(workspace, event);
  }

  private taskEventDetails(
    type: EventType,
    task: Task,
    description: string,
    writeMore?: WriteFields,
  ): EventDetails {
    const { workspaceSid, sid: resourceSid } = task;
    const fields = this.fields.ofTask(task, this.now, !leavesQueues.has(type), writeMore);
    return { type, workspaceSid, resourceType: 'task', resourceSid, description, fields };
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

function wantsCallback(workspace: Workspace, type: EventType): boolean {
  if (!workspace.eventCallbackUrl) return false;
  const wanted = wantedTypes(workspace);
  return wanted.size === 0 || wanted.has(type);
}

/** By row, because every event asks. */
const typesOfFilters = new WeakMap<Workspace, ReadonlySet<string>>();

/** EventsFilter lists types; an empty one means all. Blanks around commas are ignored. */
function wantedTypes(workspace: Workspace): ReadonlySet<string> {
  let types = typesOfFilters.get(workspace);
  if (!types) {
    const listed = (workspace.eventsFilter ?? '').split(',').map((each) => each.trim());
    types = new Set(listed.filter((each) => each !== ''));
    typesOfFilters.set(workspace, types);
  }
  return types;
}

/** `task.created` → `created`, `reservation.wrapup` → `wrapup`. */
const wordOf = (type: EventType) => type.slice(type.lastIndexOf('.') + 1);
