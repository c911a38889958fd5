import fc from 'fast-check';
import type { Command } from '../../src/taskrouter/model/commands';
import type { Reservation } from '../../src/taskrouter/model/entities';
import type { InstructionName } from '../../src/taskrouter/model/instructions';
import { type CallFailure, callFailures, type TransferMode } from '../../src/taskrouter/model/statuses';
import { attributes, type EngineBench } from '../support/engine-bench';
import { enqueued, wholeInstructions } from '../support/instruction-bench';
import { instructionOf } from '../support/read-instruction';

/** One action of a client. Numbers choose among the entities that exist at the time. */
export type Action = (bench: EngineBench) => void;

const index = fc.nat(50);
const language = fc.constantFrom('es', 'en', 'fr');
const languages = fc.subarray(['es', 'en', 'fr']);
const activity = fc.constantFrom('Idle', 'Idle', 'Idle', 'Offline', 'Busy', 'Reserved');
const channel = fc.constantFrom('default', 'default', 'chat');
const agent = fc.constantFrom('Alice', 'Bob', 'Carol', 'Nobody');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });

function pick<T>(values: Iterable<T>, at: number): T | undefined {
  const list = [...values];
  return list.length === 0 ? undefined : list[at % list.length];
}

const inWorkspace = ({ workspaceSid }: EngineBench) => ({ workspaceSid });
const tasks = (bench: EngineBench) => bench.engine.view.all('tasks', bench.workspaceSid);
const workers = (bench: EngineBench) => bench.engine.view.all('workers', bench.workspaceSid);
const reservations = (bench: EngineBench) =>
  [...bench.engine.view.all('reservations', bench.workspaceSid)].sort(
    (left, right) => right.sequence - left.sequence,
  );
const ask = (bench: EngineBench, command: Command) => bench.run(command);

const createTask = fc
  .record({
    value: fc.record({ language, agent, level: fc.nat(3), call_sid: fc.constant(enqueued.call_sid) }),
    priority: fc.nat(2),
    timeoutSeconds: fc.integer({ min: 5, max: 200 }),
    taskChannel: channel,
    target: fc.constantFrom('none', 'none', 'none', 'none', 'worker', 'queue'),
    ignoreCapacity: maybe(fc.boolean()),
    at: index,
  })
  .map(
    ({ value, target, at, ...options }): Action =>
      (bench) => {
        const routes = {
          none: undefined,
          worker: pick(workers(bench), at)?.sid,
          queue: bench.queues.english,
        };
        bench.addTask(value, { ...options, routingTarget: routes[target as keyof typeof routes] });
      },
  );

const setActivity = fc.record({ at: index, name: activity, rejectPendingReservations: fc.boolean() }).map(
  ({ at, name, rejectPendingReservations }): Action =>
    (bench) => {
      const worker = pick(workers(bench), at);
      if (worker) bench.setActivity(worker.sid, name, { rejectPendingReservations });
    },
);

const setAttributes = fc.record({ at: index, value: fc.record({ languages, level: fc.nat(3) }) }).map(
  ({ at, value }): Action =>
    (bench) => {
      const worker = pick(workers(bench), at);
      if (worker) bench.updateWorker(worker.sid, { attributes: attributes(value) });
    },
);

const setChannel = fc
  .record({
    at: index,
    name: channel,
    capacity: fc.integer({ min: 0, max: 3 }),
    available: maybe(fc.boolean()),
  })
  .map(
    ({ at, name, ...patch }): Action =>
      (bench) => {
        const worker = pick(workers(bench), at);
        if (worker) bench.updateChannel(worker.sid, name, patch);
      },
  );

/** Mostly chooses the latest reservations, which are the ones still open. */
const moveReservation = fc
  .record({
    at: fc.nat(5),
    status: fc.constantFrom('accepted', 'accepted', 'rejected', 'canceled', 'wrapping', 'completed'),
    name: maybe(activity),
  })
  .map(
    ({ at, status, name }): Action =>
      (bench) => {
        const reservation = pick(reservations(bench), at);
        const workerActivitySid = name && bench.activities[name];
        if (reservation) bench.updateReservation(reservation, status, { workerActivitySid });
      },
  );

/** The accepted reservation of the newest task that has one; else the newest offer, which is accepted first. */
function acceptedReservation(bench: EngineBench): Reservation | undefined {
  const accepted = reservations(bench).find(({ status }) => status === 'accepted');
  const open = reservations(bench).find(({ status }) => status === 'pending');
  return accepted ?? (open && bench.updateReservation(open, 'accepted'));
}

/** To a worker, mostly an available one, or to a queue; or the cancellation of the newest transfer. */
const transfer = fc
  .record({
    at: index,
    to: fc.constantFrom('worker', 'worker', 'worker', 'queue', 'queue', 'cancel'),
    mode: fc.constantFrom<TransferMode>('WARM', 'COLD'),
    priority: maybe(fc.nat(2)),
  })
  .map(
    ({ at, to, mode, priority }): Action =>
      (bench) => {
        const transferSid = [...bench.engine.view.all('transfers', bench.workspaceSid)].at(-1)?.sid;
        if (to === 'cancel' && transferSid)
          ask(bench, { type: 'CancelTransfer', ...inWorkspace(bench), transferSid });
        const reservation = to === 'cancel' ? undefined : acceptedReservation(bench);
        if (!reservation) return;
        const { sid: reservationSid, taskSid, workerSid } = reservation;
        const idle = [...workers(bench)].filter(
          ({ sid, activitySid }) => sid !== workerSid && activitySid === bench.activities.Idle,
        );
        const worker = pick(idle, at) ?? pick(workers(bench), at);
        const destination = to === 'queue' ? bench.queues.english : worker?.sid;
        const command = { type: 'CreateTransfer', ...inWorkspace(bench), taskSid, reservationSid } as const;
        if (destination) ask(bench, { ...command, to: destination, mode, priority });
      },
  );

const settle = fc
  .record({ at: fc.nat(3), kind: fc.constantFrom('accept', 'reject', 'none', 'failed', 'failed') })
  .map(
    ({ at, kind }): Action =>
      (bench) => {
        const reservation = pick(reservations(bench), at);
        if (!reservation) return;
        if (kind === 'accept' || kind === 'reject') bench.respond(reservation, kind);
        else bench.settle(reservation, kind as 'none');
      },
  );

const instructionName = fc.constantFrom(
  'dequeue',
  'call',
  'redirect',
  'conference',
  'conference',
  'supervise',
);

/** By callback or over REST, mostly for reservations that are still open. */
const instruct = fc
  .record({
    at: fc.nat(3),
    name: instructionName,
    byCallback: fc.boolean(),
    accept: fc.boolean(),
    timeout: fc.constantFrom(20, 60, 60, 60, 60, 999),
  })
  .map(
    ({ at, name, byCallback, ...rest }): Action =>
      (bench) => {
        const open = reservations(bench).filter(({ status }) => status === 'pending');
        const reservation = pick(open, at) ?? pick(reservations(bench), at);
        if (!reservation) return;
        const parameters = { to: 'client:somebody', ...wholeInstructions[name as InstructionName], ...rest };
        const instruction = instructionOf(name as InstructionName, parameters);
        const reservationSid = reservation.sid;
        if (byCallback) bench.respond(reservation, instruction.name, parameters);
        else ask(bench, { type: 'InstructReservation', ...inWorkspace(bench), reservationSid, instruction });
      },
  );

/** Call events, in any order. */
const telephone = fc
  .record({ at: index, news: fc.constantFrom('answered', 'ended', 'left', ...callFailures) })
  .map(
    ({ at, news }): Action =>
      (bench) => {
        const callSid = pick(bench.engine.view.all('calls', bench.workspaceSid), at)?.sid;
        if (!callSid) return;
        if (news === 'answered') ask(bench, { type: 'CallAnswered', callSid });
        else if (news === 'ended') ask(bench, { type: 'CallEnded', callSid });
        else if (news === 'left') ask(bench, { type: 'CallEnded', callSid, conferenceGoesOn: true });
        else ask(bench, { type: 'CallFailed', callSid, failure: news as CallFailure });
      },
  );

/** Those who are left in a conference leave it. */
const conferenceEnds = index.map(
  (at): Action =>
    (bench) => {
      const taskSid = pick(tasks(bench), at)?.sid;
      if (taskSid) ask(bench, { type: 'ConferenceEnded', taskSid });
    },
);

const moveTask = fc
  .record({ at: index, assignmentStatus: fc.constantFrom('wrapping', 'completed', 'canceled') })
  .map(
    ({ at, assignmentStatus }): Action =>
      (bench) => {
        const task = pick(tasks(bench), at);
        if (task) bench.updateTask(task.sid, { assignmentStatus });
      },
  );

const changeTask = fc
  .record({ at: index, priority: maybe(fc.nat(2)), language: maybe(language), taskChannel: maybe(channel) })
  .map(
    ({ at, language: spoken, ...patch }): Action =>
      (bench) => {
        const task = pick(tasks(bench), at);
        const value = task && { ...task.attributes.value, language: spoken };
        if (task) bench.updateTask(task.sid, { ...patch, attributes: spoken && attributes(value ?? {}) });
      },
  );

const remove = fc.record({ at: index, what: fc.constantFrom('task', 'task', 'worker') }).map(
  ({ at, what }): Action =>
    (bench) => {
      const task = pick(tasks(bench), at);
      const worker = pick(workers(bench), at);
      if (what === 'task' && task) bench.deleteTask(task.sid);
      else if (worker) ask(bench, { type: 'DeleteWorker', ...inWorkspace(bench), workerSid: worker.sid });
    },
);

const hire = fc.record({ name: agent, value: fc.record({ languages, level: fc.nat(3) }), activity }).map(
  ({ name, value, activity: first }): Action =>
    (bench) => {
      bench.addWorker(name, value, first);
    },
);

const expressions = [
  'languages HAS "es"',
  'languages HAS "en"',
  '1==1',
  'activity_name == "Idle" AND languages HAS "en"',
  'channel.default.assigned_tasks < 1',
  'level > 1',
];

const changeQueue = fc
  .record({
    queue: fc.constantFrom('spanish', 'english'),
    targetWorkers: fc.constantFrom(...expressions),
    taskOrder: maybe(fc.constantFrom('FIFO', 'LIFO')),
  })
  .map(
    ({ queue, ...patch }): Action =>
      (bench) => {
        bench.updateQueue(bench.queues[queue as 'spanish'], patch);
      },
  );

const renameActivity = fc.constantFrom('Idle', 'Ready').map(
  (friendlyName): Action =>
    (bench) => {
      const activitySid = bench.activities.Idle as string;
      ask(bench, { type: 'UpdateActivity', ...inWorkspace(bench), activitySid, friendlyName });
    },
);

/** Configurations of all kinds. Every language has a matching filter; other tasks go to the default filter. */
const makeRules =
  (timeout: number, first: object) =>
  ({ spanish, english }: { spanish: string; english: string }) => ({
    filters: [
      {
        expression: 'language == "es"',
        targets: [{ queue: spanish, timeout, ...first }, { queue: english }],
      },
      { expression: 'language == "en"', targets: [{ queue: english, priority: 1, timeout: timeout * 2 }] },
      { expression: 'level == 2', targets: [{ skip_if: 'workers.available == 0', queue: spanish }] },
    ],
    default_filter: { queue: english },
  });

export const rules = fc
  .record({
    timeout: fc.integer({ min: 3, max: 60 }),
    first: fc.constantFrom(
      {},
      { skip_if: '1==1' },
      { skip_if: 'workers.available == 0' },
      { expression: 'worker.level >= task.level' },
      { expression: 'worker.channel.chat.assigned_tasks < 1 AND worker.activity_name != "Ready"' },
      { order_by: 'worker.level DESC' },
      { known_worker_friendly_name: 'task.agent' },
    ),
  })
  .map(({ timeout, first }) => makeRules(timeout, first));

const changeRules = fc.record({ rules, reEvaluateTasks: fc.boolean() }).map(
  ({ rules: written, reEvaluateTasks }): Action =>
    (bench) => {
      bench.updateWorkflow(written(bench.queues), { reEvaluateTasks });
    },
);

const goMultitasking = fc.constant<Action>((bench) => bench.updateWorkspace({ multiTaskEnabled: true }));
const pass = fc.integer({ min: 0, max: 60 }).map(
  (seconds): Action =>
    (bench) =>
      bench.pass(seconds),
);
/** The engine is not advanced through the deadlines that pass meanwhile. */
const leap = fc.integer({ min: -20, max: 400 }).map(
  (seconds): Action =>
    (bench) => {
      bench.now += seconds * 1000;
    },
);

const action = fc.oneof(
  { weight: 40, arbitrary: createTask },
  { weight: 35, arbitrary: setActivity },
  { weight: 35, arbitrary: moveReservation },
  { weight: 20, arbitrary: pass },
  { weight: 15, arbitrary: settle },
  { weight: 25, arbitrary: transfer },
  { weight: 30, arbitrary: instruct },
  { weight: 30, arbitrary: telephone },
  { weight: 3, arbitrary: conferenceEnds },
  { weight: 15, arbitrary: moveTask },
  { weight: 10, arbitrary: changeTask },
  { weight: 10, arbitrary: setChannel },
  { weight: 10, arbitrary: setAttributes },
  { weight: 5, arbitrary: leap },
  { weight: 5, arbitrary: remove },
  { weight: 5, arbitrary: hire },
  { weight: 5, arbitrary: changeQueue },
  { weight: 5, arbitrary: changeRules },
  { weight: 5, arbitrary: renameActivity },
  { weight: 1, arbitrary: goMultitasking },
);

export const actions = fc.array(action, { minLength: 10, maxLength: 40, size: 'max' });

/** Options of a bench: the settings of the workspace, the queues, and the workflow. */
export const worlds = fc.record({
  multiTaskEnabled: fc.boolean(),
  rules,
  queue: fc.record({
    maxReservedWorkers: fc.integer({ min: 1, max: 3 }),
    taskOrder: fc.constantFrom('FIFO', 'LIFO'),
  }),
  reservationTimeoutSeconds: fc.integer({ min: 5, max: 60 }),
  assignmentCallbackUrl: fc.constantFrom('http://localhost/a', undefined),
});
