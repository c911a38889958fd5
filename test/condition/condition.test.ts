import { diagnose } from '../../src/doctor/diagnose';
import { localCondition } from '../../src/taskrouter/condition/condition-of';
import { Journal } from '../../src/taskrouter/inspector/journal';
import { attempt, record } from '../support/callback-record';
import { type BenchOptions, EngineBench } from '../support/engine-bench';

const hour = 3600;

function conditionOf({ engine, now }: EngineBench, journal = new Journal([])) {
  return localCondition({ view: engine.view, routing: engine.routing, now }, journal);
}
const codes = (bench: EngineBench, journal?: Journal) =>
  diagnose(conditionOf(bench, journal)).map(({ code }) => code);

/** A single-tasking workspace whose queues use the activities Reserved and Busy, as in the tutorial. */
function tutorial(options: BenchOptions = {}): EngineBench {
  const bench = new EngineBench({ reservationTimeoutSeconds: hour, ...options });
  const { Reserved: reservationActivitySid, Busy: assignmentActivitySid } = bench.activities;
  for (const sid of Object.values(bench.queues))
    bench.updateQueue(sid, { reservationActivitySid, assignmentActivitySid });
  return bench;
}

function accepted(bench: EngineBench, taskSid: string) {
  return bench.updateReservation(bench.pending(taskSid), 'accepted');
}

it('finds nothing in any stage of a lifecycle', () => {
  const bench = tutorial();
  const taskSid = bench.addTask();
  expect(codes(bench)).toEqual([]);
  bench.setActivity(bench.alice, 'Idle');
  expect(codes(bench)).toEqual([]);
  const reservation = accepted(bench, taskSid);
  bench.pass(hour);
  expect(codes(bench)).toEqual([]);
  bench.updateReservation(reservation, 'wrapping');
  bench.pass(hour);
  expect(codes(bench)).toEqual([]);
  bench.updateReservation(reservation, 'completed');
  bench.pass(60);
  expect([bench.activityOf(bench.alice), codes(bench)]).toEqual(['Busy', []]);
});

it('finds a task that wraps for hours', () => {
  const bench = tutorial();
  bench.setActivity(bench.alice, 'Idle');
  const reservation = accepted(bench, bench.addTask());
  bench.pass(hour);
  bench.updateReservation(reservation, 'wrapping');
  bench.pass(2 * hour - 1);
  expect(codes(bench)).toEqual([]);
  bench.pass(1);
  expect(codes(bench)).toEqual(['long_wrapping']);
});

it('finds a worker who went Offline with an offer, and with a task', () => {
  const bench = tutorial();
  bench.setActivity(bench.alice, 'Idle');
  const taskSid = bench.addTask();
  bench.setActivity(bench.alice, 'Offline');
  expect(codes(bench)).toEqual(['offered_to_offline_worker']);
  accepted(bench, taskSid);
  expect(codes(bench)).toEqual([]);
  bench.setActivity(bench.alice, 'Offline');
  expect(codes(bench)).toEqual(['offline_worker_with_task']);
});

it('takes an activity that a queue uses for assigned tasks for work, also if it is the default activity', () => {
  const bench = tutorial();
  bench.updateWorkspace({ defaultActivitySid: bench.activities.Busy });
  bench.setActivity(bench.alice, 'Idle');
  accepted(bench, bench.addTask());
  expect(codes(bench)).toEqual([]);
});

it('finds a task that is assigned for almost 24 hours, and one that has almost used its time-to-live', () => {
  const bench = tutorial();
  bench.setActivity(bench.alice, 'Idle');
  accepted(bench, bench.addTask());
  bench.pass(21 * hour);
  bench.setActivity(bench.bob, 'Idle');
  expect(codes(bench)).toEqual([]);
  bench.pass(hour);
  expect(codes(bench)).toEqual(['assignment_ends_soon']);
  const waiting = tutorial();
  waiting.addTask(undefined, { timeoutSeconds: 100 });
  waiting.pass(89);
  expect(codes(waiting)).toEqual([]);
  waiting.pass(1);
  expect(codes(waiting)).toEqual(['time_to_live_ends_soon']);
});

it('takes a task in transfer for assigned, so that its time-to-live is of no matter', () => {
  const bench = tutorial({ multiTaskEnabled: true });
  bench.setActivity(bench.alice, 'Idle');
  const taskSid = bench.addTask(undefined, { timeoutSeconds: 100 });
  const { sid: reservationSid } = accepted(bench, taskSid);
  bench.setActivity(bench.bob, 'Idle');
  const { workspaceSid } = bench;
  bench.run({ type: 'CreateTransfer', workspaceSid, taskSid, reservationSid, to: bench.bob });
  bench.pass(99);
  expect([bench.statusOf(taskSid), codes(bench)]).toEqual(['reserved', []]);
});

it('finds a task that was offered 900 times', () => {
  const bench = tutorial({ multiTaskEnabled: true });
  bench.setActivity(bench.alice, 'Idle');
  const taskSid = bench.addTask();
  for (let count = 1; count < 900; count += 1) bench.updateReservation(bench.pending(taskSid), 'rejected');
  expect(codes(bench)).toEqual(['assignment_count_nearly_reached']);
});

it('finds a worker who is idle while the callbacks of a task fail', () => {
  const bench = tutorial({ multiTaskEnabled: true });
  bench.setActivity(bench.alice, 'Idle');
  const taskSid = bench.addTask();
  bench.settle(bench.pending(taskSid), 'failed');
  const [finding] = diagnose(conditionOf(bench));
  expect(finding).toMatchObject({
    code: 'idle_worker_while_task_waits',
    place: taskSid,
    message: expect.stringMatching(/so the next offer is in 1 s$/),
  });
  bench.pass(1);
  expect(bench.statusOf(taskSid)).toBe('reserved');
  expect(codes(bench)).toEqual([]);
});

it('finds tasks that nobody is there for, unless a worker has another task', () => {
  const bench = tutorial();
  bench.addTask();
  bench.pass(299);
  expect(codes(bench)).toEqual([]);
  bench.pass(1);
  expect(codes(bench)).toEqual(['no_worker_for_waiting_tasks']);
  bench.setActivity(bench.alice, 'Idle');
  bench.addTask();
  bench.pass(400);
  expect(codes(bench)).toEqual([]);
});

it('ignores a task that waits for one worker as its RoutingTarget', () => {
  const bench = tutorial();
  bench.addTask(undefined, { routingTarget: bench.alice });
  expect(conditionOf(bench).queues).toEqual([]);
});

it('finds a reservation whose conference never begins', () => {
  const bench = tutorial({ reservationTimeoutSeconds: 10 });
  bench.setActivity(bench.alice, 'Idle');
  bench.updateWorker(bench.alice, {
    attributes: {
      text: '{"languages":["es"],"contact_uri":"+15550100"}',
      value: { languages: ['es'], contact_uri: '+15550100' },
    },
  });
  const taskSid = bench.addTask({ selected_language: 'es', call_sid: `CA${'1'.repeat(32)}` });
  bench.respond(bench.pending(taskSid), 'conference', { from: '+15550199' });
  bench.pass(69);
  expect(codes(bench)).toEqual([]);
  bench.pass(1);
  expect(codes(bench)).toEqual(['reservation_overdue']);
});

describe('the journal', () => {
  const bench = tutorial();
  const at = bench.now - 1000;
  const failing = (status: number | null, kind = 'connection_refused') =>
    attempt({
      startedAt: at,
      url: 'https://user:secret@care.example.com/assign?token=secret#rc=2',
      response: status === null ? null : { status, headers: {}, body: '' },
      error: status === null ? { kind: kind as 'connection_refused', message: 'no' } : null,
      alert: { code: 11200, level: 'error', message: 'it failed', remedy: 'Fix it.' },
    });
  const journalOf = (...records: Parameters<typeof record>[0][]) => {
    const journal = new Journal([]);
    for (const each of records) journal.callbacks.add(record(each));
    return journal;
  };

  it.each([
    [failing(null), 'callback_unreachable'],
    [failing(null, 'read_timeout'), 'callback_failed'],
    [failing(403), 'signature_refused'],
    [failing(500), 'callback_failed'],
  ])('tells why a callback failed: %#', (one, code) => {
    const journal = journalOf({ outcome: 'failed', attempts: [one] });
    expect(diagnose(conditionOf(bench, journal))).toEqual([
      expect.objectContaining({ code, place: 'https://care.example.com/assign', remedy: 'Fix it.' }),
    ]);
  });

  it('leaves replays and withdrawn callbacks out', () => {
    const attempts = [failing(500)];
    const journal = journalOf({ attempts, replayOf: 3 }, { attempts, outcome: 'withdrawn' });
    expect(codes(bench, journal)).toEqual([]);
  });

  it('has alerts of their own for errors that are not those of callbacks', () => {
    const journal = new Journal([]);
    const alert = {
      level: 'error',
      workspaceSid: 'WS1',
      resourceSid: 'WT1',
      detail: 'No worker',
      at,
    } as const;
    journal.alerts.add({ ...alert, code: 40154, source: 'engine' });
    journal.alerts.add({ ...alert, code: 11200, source: 'callback' });
    journal.alerts.add({ ...alert, code: null, source: 'lint' });
    expect(diagnose(conditionOf(bench, journal))).toEqual([
      expect.objectContaining({
        code: 'recent_alert',
        place: 'WT1',
        message: 'Error 40154, once in the last hour: No worker',
      }),
    ]);
  });
});
