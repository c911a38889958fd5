import type { Command } from '../../src/taskrouter/model/commands';
import type { InstructionName } from '../../src/taskrouter/model/instructions';
import type { ReservationStatus, TaskStatus } from '../../src/taskrouter/model/statuses';
import { attributes, EngineBench } from '../support/engine-bench';
import { engineSnapshot } from '../support/engine-snapshot';
import { FallibleSids } from '../support/fallible-sids';
import { instructionOf } from '../support/read-instruction';

const english = { selected_language: 'en', call_sid: `CA${'c'.repeat(32)}` };

/** A busy workspace: pending offers, work in progress, waiting tasks, and callbacks in the outbox. */
class BusyBench extends EngineBench {
  readonly waiting: string;
  readonly offered: string;
  readonly assigned: string;

  constructor(
    readonly sids: FallibleSids,
    multiTaskEnabled: boolean,
  ) {
    super({
      newSid: sids.next,
      multiTaskEnabled,
      assignmentCallbackUrl: 'http://localhost/a',
      queue: { maxReservedWorkers: 2 },
    });
    this.updateWorkspace({ eventCallbackUrl: 'http://localhost/e' });
    this.setActivity(this.alice, 'Idle');
    this.assigned = this.addTask();
    this.updateReservation(this.pending(this.assigned), 'accepted');
    this.setActivity(this.alice, 'Idle');
    this.updateChannel(this.alice, 'default', { capacity: 2 });
    this.setActivity(this.bob, 'Idle');
    this.offered = this.addTask(english);
    this.waiting = this.addTask(english, { taskChannel: this.addTaskChannel('fax'), timeoutSeconds: 100 });
    if (multiTaskEnabled) this.updateTask(this.waiting, { taskChannel: 'default' });
  }

  /** The commands that follow in any case. */
  goOn(): void {
    if (this.engine.view.find('workspaces', this.workspaceSid) === undefined) return;
    const carol = this.addWorker('Carol', { languages: ['en', 'es'] }, 'Idle');
    this.addTask(english, { priority: 1 });
    this.addTask();
    this.pass(50);
    this.setActivity(carol, 'Idle');
    this.pass(200);
    this.setActivity(carol, 'Idle');
  }
}

type MakeCommand = (bench: BusyBench) => Command;

const inWorkspace = ({ workspaceSid }: BusyBench) => ({ workspaceSid });
const reservationMove =
  (reservationStatus: ReservationStatus): MakeCommand =>
  (bench) => ({
    type: 'UpdateReservation',
    ...inWorkspace(bench),
    reservationSid: bench.pending(bench.offered, 'Bob').sid,
    reservationStatus,
  });
const taskMove =
  (task: 'offered' | 'assigned' | 'waiting', assignmentStatus: TaskStatus): MakeCommand =>
  (bench) => ({ type: 'UpdateTask', ...inWorkspace(bench), taskSid: bench[task], assignmentStatus });

const instruction =
  (name: InstructionName, parameters: object): MakeCommand =>
  (bench) => ({
    type: 'InstructReservation',
    ...inWorkspace(bench),
    reservationSid: bench.pending(bench.offered, 'Bob').sid,
    instruction: instructionOf(name, parameters),
  });

const commands: Record<string, MakeCommand> = {
  'an acceptance': reservationMove('accepted'),
  'a rejection': reservationMove('rejected'),
  'a cancellation': taskMove('offered', 'canceled'),
  'a completion': taskMove('assigned', 'completed'),
  'wrapping up': taskMove('assigned', 'wrapping'),
  'the deletion of a task': (bench) => ({
    type: 'DeleteTask',
    ...inWorkspace(bench),
    taskSid: bench.offered,
  }),
  'a new task': (bench) => ({
    type: 'CreateTask',
    ...inWorkspace(bench),
    workflowSid: bench.workflowSid,
    routingTarget: { kind: 'worker', sid: bench.alice },
  }),
  'new attributes of a task': (bench) => ({
    type: 'UpdateTask',
    ...inWorkspace(bench),
    taskSid: bench.waiting,
    attributes: attributes({ selected_language: 'es' }),
  }),
  'a worker who leaves': (bench) => ({
    type: 'UpdateWorker',
    ...inWorkspace(bench),
    workerSid: bench.bob,
    activitySid: bench.activities.Offline,
    rejectPendingReservations: true,
  }),
  'new attributes of a worker': (bench) => ({
    type: 'UpdateWorker',
    ...inWorkspace(bench),
    workerSid: bench.bob,
    attributes: attributes({ languages: ['es'] }),
  }),
  'a new name of a worker': (bench) => ({
    type: 'UpdateWorker',
    ...inWorkspace(bench),
    workerSid: bench.bob,
    friendlyName: 'Carola',
  }),
  'the deletion of a worker': (bench) => ({
    type: 'DeleteWorker',
    ...inWorkspace(bench),
    workerSid: bench.bob,
  }),
  'a new expression of a queue': (bench) => ({
    type: 'UpdateTaskQueue',
    ...inWorkspace(bench),
    taskQueueSid: bench.queues.english,
    targetWorkers: 'languages HAS "es"',
    taskOrder: 'LIFO',
  }),
  'new rules': (bench) => ({
    type: 'UpdateWorkflow',
    ...inWorkspace(bench),
    workflowSid: bench.workflowSid,
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: bench.queues.spanish } } }),
    reEvaluateTasks: true,
  }),
  'a new task channel': (bench) => ({
    type: 'CreateTaskChannel',
    ...inWorkspace(bench),
    friendlyName: 'Mail',
    uniqueName: 'mail',
  }),
  'another name of an activity': (bench) => ({
    type: 'UpdateActivity',
    ...inWorkspace(bench),
    activitySid: bench.activities.Idle as string,
    friendlyName: 'Ready',
  }),
  'multitasking from now on': (bench) => ({
    type: 'UpdateWorkspace',
    ...inWorkspace(bench),
    multiTaskEnabled: true,
  }),
  'callbacks that failed': (bench) => ({
    type: 'SettleAssignmentCallback',
    reservationSid: bench.pending(bench.offered, 'Bob').sid,
    result: { kind: 'failed' },
  }),
  'a dequeue': instruction('dequeue', { to: 'client:bob', from: '+15550100' }),
  'a conference': instruction('conference', { to: 'client:bob', from: '+15550100' }),
  'a call that accepts': instruction('call', {
    to: 'client:bob',
    from: '+15550100',
    url: 'http://localhost/twiml',
    accept: true,
  }),
  'a new workspace': () => ({ type: 'CreateWorkspace', friendlyName: 'Other', template: 'FIFO' }),
  'the deletion of the workspace': (bench) => ({ type: 'DeleteWorkspace', ...inWorkspace(bench) }),
};

/** Makes the command fail at its first sid, its second, and so on until it succeeds. @returns how often it failed */
function failUntilItSucceeds(bench: BusyBench, command: Command): number {
  const before = engineSnapshot(bench.engine);
  for (let sids = 0; ; sids += 1) {
    if (bench.sids.withOnly(sids, () => bench.run(command)) === 'enough') return sids;
    expect(engineSnapshot(bench.engine)).toEqual(before);
  }
}

describe.each([
  ['single-tasking', false],
  ['multitasking', true],
])('a command that fails partway in a %s workspace', (_name, multiTaskEnabled) => {
  it.each(Object.entries(commands))('leaves the state unchanged: %s', (_what, make) => {
    const bench = new BusyBench(new FallibleSids(), multiTaskEnabled);
    const other = new BusyBench(new FallibleSids(), multiTaskEnabled);
    const failures = failUntilItSucceeds(bench, make(bench));
    other.run(make(other));
    expect(failures).toBeGreaterThan(0);
    expect(engineSnapshot(bench.engine)).toEqual(engineSnapshot(other.engine));
    bench.goOn();
    other.goOn();
    expect(bench.events).toEqual(other.events);
    expect(engineSnapshot(bench.engine)).toEqual(engineSnapshot(other.engine));
  });

  it('leaves the state unchanged: the passing of time', () => {
    const bench = new BusyBench(new FallibleSids(), multiTaskEnabled);
    const other = new BusyBench(new FallibleSids(), multiTaskEnabled);
    for (const each of [bench, other]) each.now += 121_000;
    expect(failUntilItSucceeds(bench, { type: 'PassTime' })).toBeGreaterThan(0);
    other.run({ type: 'PassTime' });
    bench.goOn();
    other.goOn();
    expect(bench.events).toEqual(other.events);
    expect(engineSnapshot(bench.engine)).toEqual(engineSnapshot(other.engine));
  });
});

it('does not make a task skip its target because it was almost canceled', () => {
  const sids = new FallibleSids();
  const bench = new EngineBench({
    newSid: sids.next,
    multiTaskEnabled: true,
    rules: ({ spanish, english: other }) => ({
      filters: [
        {
          expression: '1==1',
          targets: [{ queue: spanish, skip_if: 'workers.available == 0' }, { queue: other }],
        },
      ],
    }),
  });
  bench.updateChannel(bench.alice, 'default', { capacity: 0 });
  bench.setActivity(bench.alice, 'Idle');
  const task = bench.addTask();
  bench.setActivity(bench.alice, 'Offline');
  const cancel = () => bench.updateTask(task, { assignmentStatus: 'canceled' });
  expect(sids.withOnly(0, cancel)).toBe('too few');
  bench.setActivity(bench.bob, 'Idle');
  expect(bench.queueOf(task)).toBe('Spanish');
  expect(bench.statusOf(task)).toBe('pending');
});
