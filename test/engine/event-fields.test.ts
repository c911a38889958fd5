import { eventParameters } from '../../src/taskrouter/engine/command-context';
import type { EventType } from '../../src/taskrouter/model/event-types';
import { EngineBench } from '../support/engine-bench';
import { eventfulDay } from './eventful-day';

const accountSid = `AC${'0'.repeat(32)}`;
const start = 1_700_000_000_000;

const common = [
  'AccountSid',
  'EventDescription',
  'EventType',
  'ResourceSid',
  'ResourceType',
  'Sid',
  'Timestamp',
  'TimestampMs',
  'WorkspaceName',
  'WorkspaceSid',
];
const operatingUnit = ['OperatingUnitSid'];
const task = [
  'TaskAddons',
  'TaskAge',
  'TaskAssignmentStatus',
  'TaskAttributes',
  'TaskChannelSid',
  'TaskChannelUniqueName',
  'TaskDateCreated',
  'TaskIgnoreCapacity',
  'TaskPriority',
  'TaskQueueEnteredDate',
  'TaskSid',
  'TaskVersion',
  'TaskVirtualStartTime',
  ...operatingUnit,
];
const queue = ['TaskQueueName', 'TaskQueueSid', 'TaskQueueTargetExpression'];
const workflow = ['WorkflowName', 'WorkflowSid'];
const worker = [
  'WorkerActivityName',
  'WorkerActivitySid',
  'WorkerAttributes',
  'WorkerName',
  'WorkerSid',
  'WorkerVersion',
];
const reservation = ['ReservationSid', 'ReservationVersion'];
const previous = [
  'WorkerPreviousActivityName',
  'WorkerPreviousActivitySid',
  'WorkerTimeInPreviousActivity',
  'WorkerTimeInPreviousActivityMs',
];
const channel = [
  'TaskChannelSid',
  'TaskChannelUniqueName',
  'WorkerChannelAvailable',
  'WorkerChannelAvailableCapacity',
  'WorkerChannelPreviousCapacity',
  'WorkerChannelTaskCount',
];
const activity = ['ActivityAvailable', 'ActivityName', 'ActivitySid'];
const taskChannel = [
  'TaskChannelName',
  'TaskChannelOptimizedRouting',
  'TaskChannelSid',
  'TaskChannelUniqueName',
];
const matched = ['WorkflowFilterExpression'];
const canceled = ['Reason', 'TaskCanceledReason'];
const completed = ['Reason', 'TaskCompletedReason'];

const ofTask = [...task, ...queue, ...workflow];

/** By event type: the fields in addition to the common ones. */
const fieldsOf: Partial<Record<EventType, readonly string[]>> = {
  'activity.created': activity,
  'activity.updated': activity,
  'activity.deleted': activity,
  'task.created': ofTask,
  'task.updated': ofTask,
  'task.canceled': [...ofTask, ...canceled],
  'task.wrapup': [...ofTask, ...worker],
  'task.completed': [...ofTask, ...worker, ...completed],
  'task.deleted': ofTask,
  'task.system-deleted': ofTask,
  'reservation.created': [...ofTask, ...worker, ...reservation],
  'reservation.accepted': [...ofTask, ...worker, ...reservation],
  'reservation.rejected': [...ofTask, ...worker, ...reservation],
  'reservation.timeout': [...ofTask, ...worker, ...reservation],
  'reservation.canceled': [...ofTask, ...worker, ...reservation, ...canceled],
  'reservation.rescinded': [...ofTask, ...worker, ...reservation],
  'reservation.wrapup': [...ofTask, ...worker, ...reservation],
  'reservation.completed': [...ofTask, ...worker, ...reservation],
  'task-channel.created': taskChannel,
  'task-channel.updated': taskChannel,
  'task-channel.deleted': taskChannel,
  'task-queue.created': queue,
  'task-queue.deleted': queue,
  'task-queue.expression.updated': queue,
  'task-queue.entered': ofTask,
  'task-queue.timeout': ofTask,
  'task-queue.moved': ofTask,
  'worker.created': [...operatingUnit, ...worker],
  'worker.deleted': [...operatingUnit, ...worker],
  'worker.activity.update': [...operatingUnit, ...worker, ...previous],
  'worker.attributes.update': [...operatingUnit, ...worker],
  'worker.capacity.update': [...operatingUnit, ...worker, ...channel],
  'worker.channel.availability.update': [...operatingUnit, ...worker, ...channel],
  'workflow.created': workflow,
  'workflow.updated': workflow,
  'workflow.deleted': workflow,
  'workflow.entered': ofTask,
  'workflow.target-matched': [...ofTask, ...matched],
  'workflow.timeout': [...task, ...workflow],
  'workflow.skipped': [...task, ...workflow],
  'workspace.created': [],
  'workspace.updated': [],
  'workspace.deleted': [],
};

describe('the fields of events', () => {
  const byType = new Map(eventfulDay().events.map((event) => [event.type, event]));

  it('are listed here for every event type of the engine', () => {
    expect(Object.keys(fieldsOf).filter((type) => !byType.has(type as EventType))).toEqual([]);
  });

  it.each([...byType.keys()])('are the published ones for %s', (type) => {
    const event = byType.get(type);
    if (!event) throw new Error(`no ${type}`);
    const { TaskReEvaluatedReason: _seldom, ...fields } = eventParameters(accountSid, event);
    expect(Object.keys(fields).sort()).toEqual([...common, ...(fieldsOf[type] ?? ['unexpected'])].sort());
  });

  it('are non-empty strings', () => {
    for (const event of byType.values()) {
      for (const value of Object.values(eventParameters(accountSid, event))) {
        expect(typeof value).toBe('string');
        expect(value).not.toBe('');
      }
    }
  });
});

it('contain one operating unit, derived from the account', () => {
  const units = new Set(eventfulDay().events.map(({ fields }) => fields.OperatingUnitSid));
  expect(units).toEqual(new Set([undefined, `OU${'0'.repeat(32)}`]));
});

describe('reservation.created', () => {
  it('has the fields of a recorded callback, and the newer fields', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.now = start + 480;
    const sid = bench.addTask({ selected_language: 'es', from: 'a/b' }, { priority: 2 });
    bench.now = start + 1229;
    bench.setActivity(bench.alice, 'Idle');
    const reservationSid = bench.pending(sid).sid;
    const event = bench.lastEvent('reservation.created');
    expect(eventParameters(accountSid, event)).toEqual({
      EventType: 'reservation.created',
      EventDescription: `Reservation ${reservationSid} created`,
      ResourceType: 'reservation',
      ResourceSid: reservationSid,
      AccountSid: accountSid,
      WorkspaceSid: bench.workspaceSid,
      WorkspaceName: 'Tutorial',
      Sid: event.sid,
      Timestamp: '1700000001',
      TimestampMs: '1700000001229',
      TaskSid: sid,
      TaskAttributes: '{"selected_language":"es","from":"a\\/b"}',
      TaskAge: '1',
      TaskPriority: '2',
      TaskAssignmentStatus: 'reserved',
      TaskAddons: '{}',
      TaskChannelSid: bench.task(sid).taskChannelSid,
      TaskChannelUniqueName: 'default',
      TaskVersion: '1',
      TaskDateCreated: '1700000000',
      TaskQueueEnteredDate: '1700000000',
      TaskVirtualStartTime: '1700000000',
      TaskIgnoreCapacity: 'false',
      OperatingUnitSid: `OU${'0'.repeat(32)}`,
      ReservationVersion: '0',
      TaskQueueSid: bench.queues.spanish,
      TaskQueueName: 'Spanish',
      TaskQueueTargetExpression: 'languages HAS "es"',
      WorkflowSid: bench.workflowSid,
      WorkflowName: 'Incoming Customer Care Requests',
      ReservationSid: reservationSid,
      WorkerSid: bench.alice,
      WorkerName: 'Alice',
      WorkerAttributes: '{"languages":["en","es"]}',
      WorkerActivitySid: bench.activities.Idle,
      WorkerActivityName: 'Idle',
      WorkerVersion: String(bench.worker(bench.alice).version),
    });
  });
});

describe('the age of a task', () => {
  it.each([
    [0, 520, '0'],
    [480, 1000, '1'],
    [999, 1000, '1'],
    [0, 999, '0'],
    [500, 60_499, '60'],
  ])('created at %i ms is at %i ms %s whole seconds', (created, read, expected) => {
    const bench = new EngineBench();
    bench.now = start + created;
    const sid = bench.addTask();
    bench.now = start + read;
    bench.updateTask(sid, { priority: 1 });
    expect(bench.lastEvent('task.updated').fields.TaskAge).toBe(expected);
  });
});

describe('other event fields', () => {
  it('name the filter and its expression as a JSON array when a target was matched', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }) => ({
        filters: [
          {
            filter_friendly_name: 'Spanish speakers',
            expression: "language=='es'",
            targets: [{ queue: spanish }],
          },
        ],
        default_filter: { queue: english },
      }),
    });
    bench.addTask({ language: 'es' });
    expect(bench.lastEvent('workflow.target-matched').fields).toMatchObject({
      WorkflowFilterName: 'Spanish speakers',
      WorkflowFilterExpression: '["language==\'es\'"]',
    });
    bench.addTask({});
    expect(bench.lastEvent('workflow.target-matched').fields).toMatchObject({
      WorkflowFilterName: 'Default Filter',
      WorkflowFilterExpression: '["1==1"]',
    });
  });

  it('give the time the worker spent in the previous activity', () => {
    const bench = new EngineBench();
    bench.now += 61_900;
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.lastEvent('worker.activity.update')).toMatchObject({
      description: 'Worker Alice updated to Idle Activity',
      fields: {
        WorkerActivityName: 'Idle',
        WorkerPreviousActivitySid: bench.activities.Offline,
        WorkerPreviousActivityName: 'Offline',
        WorkerTimeInPreviousActivity: '61',
        WorkerTimeInPreviousActivityMs: '61900',
      },
    });
  });

  it('describe what happened in the words of recorded events', () => {
    const bench = new EngineBench();
    const sid = bench.addTask();
    const queueSid = bench.addQueue('Spare', '1==1');
    bench.updateQueue(queueSid, { targetWorkers: 'a == 1' });
    bench.addWorker('Carol', {});
    const texts = bench.events.map(({ description }) => description);
    expect(texts).toEqual([
      `Task ${sid} matched a workflow target`,
      `Task ${sid} created`,
      `Task ${sid} entered TaskQueue Spanish`,
      `Task ${sid} entered Workflow Incoming Customer Care Requests`,
      `TaskQueue ${queueSid} created`,
      `TaskQueue ${queueSid} expression updated to 'a == 1'`,
      'Worker Carol created',
    ]);
  });

  it('describe the end of the time-to-live as documented', () => {
    const bench = new EngineBench();
    bench.addTask(undefined, { timeoutSeconds: 1 });
    bench.pass(1);
    expect(bench.lastEvent('task.canceled').description).toBe('Task TTL Exceeded');
  });
});
