import { Engine } from '../../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../../src/taskrouter/model/commands';
import type { Attributes, Reservation, Task } from '../../src/taskrouter/model/entities';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { countingSids } from './counting-sids';

export const attributes = (value: Record<string, unknown>): Attributes => ({
  text: JSON.stringify(value),
  value,
});

export interface BenchOptions {
  readonly multiTaskEnabled?: boolean;
  readonly assignmentCallbackUrl?: string;
  readonly fallbackAssignmentCallbackUrl?: string;
  readonly reservationTimeoutSeconds?: number;
  /** Routing rules, given the sids of the two queues. */
  readonly rules?: (queues: { spanish: string; english: string }) => object;
  readonly queue?: { maxReservedWorkers?: number; taskOrder?: 'FIFO' | 'LIFO' };
}

const tutorialRules = ({ spanish, english }: { spanish: string; english: string }) => ({
  filters: [
    { expression: 'selected_language == "es"', targets: [{ queue: spanish }] },
    { expression: 'selected_language == "en"', targets: [{ queue: english }] },
  ],
});

/**
 * An engine on the bench: the tutorial's workspace (Alice speaks English and Spanish, Bob English, both Offline), a
 * clock that `pass` moves, and every event so far.
 */
export class EngineBench {
  readonly engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: countingSids() });
  readonly events: TaskRouterEvent[] = [];
  readonly workspaceSid: string;
  readonly activities: Record<string, string> = {};
  readonly queues: { spanish: string; english: string };
  readonly workflowSid: string;
  readonly alice: string;
  readonly bob: string;
  now = 1_700_000_000_000;

  constructor(options: BenchOptions = {}) {
    const { multiTaskEnabled = false } = options;
    this.workspaceSid = this.run({ type: 'CreateWorkspace', friendlyName: 'Tutorial', multiTaskEnabled }).sid;
    if (multiTaskEnabled) this.addSingleTaskingActivities();
    for (const { friendlyName, sid } of this.engine.view.all('activities', this.workspaceSid)) {
      this.activities[friendlyName] = sid;
    }
    this.queues = {
      spanish: this.addQueue('Spanish', 'languages HAS "es"', options.queue),
      english: this.addQueue('English', 'languages HAS "en"', options.queue),
    };
    this.workflowSid = this.addWorkflow(options);
    this.alice = this.addWorker('Alice', { languages: ['en', 'es'] });
    this.bob = this.addWorker('Bob', { languages: ['en'] });
    this.events.length = 0;
  }

  run<C extends Command>(command: C): ResultOf<C> {
    const outcome = this.engine.execute(command, this.now, { source: 'twilio', ipAddress: null });
    this.events.push(...outcome.events);
    return outcome.result;
  }

  /** Moves the clock on, meeting every deadline on the way at its own moment. */
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

  addQueue(friendlyName: string, targetWorkers: string, options: BenchOptions['queue'] = {}): string {
    const { workspaceSid } = this;
    return this.run({ type: 'CreateTaskQueue', workspaceSid, friendlyName, targetWorkers, ...options }).sid;
  }

  addWorker(friendlyName: string, value: Record<string, unknown>, activity = 'Offline'): string {
    const activitySid = this.activities[activity];
    const { workspaceSid } = this;
    return this.run({
      type: 'CreateWorker',
      workspaceSid,
      friendlyName,
      activitySid,
      attributes: attributes(value),
    }).sid;
  }

  addTask(value: Record<string, unknown> = { selected_language: 'es' }, options: object = {}): string {
    const { workspaceSid, workflowSid } = this;
    const command = {
      type: 'CreateTask',
      workspaceSid,
      workflowSid,
      attributes: attributes(value),
      ...options,
    } as const;
    return this.run(command).sid;
  }

  setActivity(workerSid: string, activity: string, options: object = {}): void {
    const activitySid = this.activities[activity];
    this.run({ type: 'UpdateWorker', workspaceSid: this.workspaceSid, workerSid, activitySid, ...options });
  }

  updateTask(taskSid: string, patch: object): Task {
    return this.run({ type: 'UpdateTask', workspaceSid: this.workspaceSid, taskSid, ...patch });
  }

  updateReservation(reservation: Reservation, reservationStatus: string, options: object = {}): Reservation {
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

  task(taskSid: string): Task {
    const task = this.engine.view.find('tasks', taskSid);
    if (!task) throw new Error(`no task ${taskSid}`);
    return task;
  }

  statusOf(taskSid: string): string {
    return this.task(taskSid).status;
  }

  activityOf(workerSid: string): string | undefined {
    const worker = this.engine.view.find('workers', workerSid);
    return worker && this.engine.view.find('activities', worker.activitySid)?.friendlyName;
  }

  reservations(taskSid: string): readonly Reservation[] {
    return this.engine.view.reservationsOfTask(taskSid);
  }

  /** The one reservation of the task that waits for an answer. */
  pending(taskSid: string): Reservation {
    const open = this.reservations(taskSid).filter(({ status }) => status === 'pending');
    if (open.length !== 1 || !open[0]) throw new Error(`${taskSid} has ${open.length} pending reservations`);
    return open[0];
  }

  /** Who is asked about the task now, by name. */
  asked(taskSid: string): string[] {
    const open = this.reservations(taskSid).filter(({ status }) => status === 'pending');
    return open.map(({ workerName }) => workerName);
  }

  /** Types of the events since the last call. */
  takeEventTypes(): string[] {
    return this.events.splice(0).map(({ type }) => type);
  }

  private addSingleTaskingActivities(): void {
    const { workspaceSid } = this;
    for (const [friendlyName, available] of Object.entries({ Idle: true, Busy: false, Reserved: false })) {
      this.run({ type: 'CreateActivity', workspaceSid, friendlyName, available });
    }
  }

  private addWorkflow(options: BenchOptions): string {
    const rules = (options.rules ?? tutorialRules)(this.queues);
    return this.run({
      type: 'CreateWorkflow',
      workspaceSid: this.workspaceSid,
      friendlyName: 'Incoming Customer Care Requests',
      configuration: JSON.stringify({ task_routing: rules }),
      taskReservationTimeoutSeconds: options.reservationTimeoutSeconds,
      assignmentCallbackUrl: options.assignmentCallbackUrl,
      fallbackAssignmentCallbackUrl: options.fallbackAssignmentCallbackUrl,
    }).sid;
  }
}
