import { countingSids } from '../support/counting-sids';
import { engineSnapshot } from '../support/engine-snapshot';
import { enqueued, InstructionBench, wholeInstructions } from '../support/instruction-bench';
import { refusal } from '../support/refusal';

describe('dequeue', () => {
  it('calls the worker and records the call in the task', () => {
    const bench = new InstructionBench();
    const { version } = bench.theTask;
    bench.respondWith('dequeue', { timeout: 20 });
    expect(bench.theCall).toMatchObject({
      instruction: 'dequeue',
      reservationSid: bench.offer.sid,
      workerSid: bench.alice,
      to: 'client:alice',
      from: '+15550100',
      timeoutSeconds: 20,
      answeredAt: null,
    });
    expect(bench.theTask.attributes.value).toEqual({ ...enqueued, worker_call_sid: bench.theCall.sid });
    expect(JSON.parse(bench.theTask.attributes.text)).toEqual(bench.theTask.attributes.value);
    expect(bench.theTask.version).toBe(version + 1);
    expect(bench.takeEventTypes()).toEqual(['task.updated']);
    expect(bench.offer.status).toBe('pending');
  });

  it('accepts when the worker answers, and moves the worker to the next activity after the call', () => {
    const bench = new InstructionBench();
    const post_work_activity_sid = bench.activities.Offline;
    bench.respondWith('dequeue', { post_work_activity_sid });
    bench.now += 4000;
    bench.takeEventTypes();
    bench.pickUp();
    expect(bench.takeEventTypes()).toEqual(['reservation.accepted', 'worker.activity.update']);
    expect([bench.statusOf(bench.taskSid), bench.offer.status]).toEqual(['assigned', 'accepted']);
    expect(bench.theCall.answeredAt).toBe(bench.now);
    expect(bench.activityOf(bench.alice)).toBe('Busy');
    bench.end();
    expect(bench.activityOf(bench.alice)).toBe('Offline');
    expect([bench.statusOf(bench.taskSid), bench.calls()]).toEqual(['assigned', []]);
  });

  it('moves the worker to the next activity after the call in a multitasking workspace, too', () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('dequeue', { post_work_activity_sid: bench.activities.Busy });
    bench.pickUp();
    expect(bench.activityOf(bench.alice)).toBe('Idle');
    bench.end();
    expect(bench.activityOf(bench.alice)).toBe('Busy');
    expect(bench.statusOf(bench.taskSid)).toBe('assigned');
  });

  it.each(['refused', 'busy', 'no-answer'] as const)(
    'leaves the reservation pending until its timeout when the call is %s',
    (failure) => {
      const bench = new InstructionBench();
      bench.respondWith('dequeue');
      bench.fail(failure);
      expect([bench.offer.status, bench.calls(), bench.alerts]).toEqual(['pending', [], []]);
      bench.pass(119);
      expect(bench.reservationStatuses(bench.taskSid)).toEqual(['pending']);
      bench.pass(1);
      expect(bench.reservationStatuses(bench.taskSid)).toEqual(['timeout']);
    },
  );

  it('may be requested again once the phone has stopped ringing', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    expect(refusal(bench, () => bench.instruct('dequeue'))).toMatchObject({ code: 40135 });
    bench.fail('busy');
    bench.instruct('dequeue');
    bench.pickUp();
    expect(bench.offer.status).toBe('accepted');
  });

  it('does not accept again a reservation that was accepted over REST while the phone rang', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    bench.updateReservation(bench.offer, 'accepted');
    const { version } = bench.offer;
    bench.pickUp();
    expect([bench.offer.status, bench.offer.version]).toEqual(['accepted', version]);
  });

  it.each(['rejected', 'canceled'] as const)('stops ringing when the reservation is %s', (status) => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    const { sid } = bench.theCall;
    bench.updateReservation(bench.offer, status, { workerActivitySid: bench.activities.Offline });
    bench.takeEventTypes();
    expect(bench.calls()).toEqual([]);
    bench.run({ type: 'CallAnswered', callSid: sid });
    bench.run({ type: 'CallFailed', callSid: sid, failure: 'busy' });
    bench.run({ type: 'CallEnded', callSid: sid });
    expect(bench.events).toEqual([]);
  });

  it('stops ringing at the timeout, and when the task is canceled', () => {
    const late = new InstructionBench({ reservationTimeoutSeconds: 10 });
    late.respondWith('dequeue');
    late.pass(10);
    expect(late.calls()).toEqual([]);
    const canceled = new InstructionBench();
    canceled.respondWith('dequeue');
    canceled.updateTask(canceled.taskSid, { assignmentStatus: 'canceled' });
    expect(canceled.calls()).toEqual([]);
  });

  it('logs a warning when the call ends, because the application must complete the task', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    bench.pickUp();
    bench.end();
    expect(bench.statusOf(bench.taskSid)).toBe('assigned');
    expect(bench.alerts).toEqual([
      {
        code: null,
        level: 'warning',
        workspaceSid: bench.workspaceSid,
        resourceSid: bench.offer.sid,
        detail: `The call to client:alice ended while Task ${bench.taskSid} was assigned`,
        remedy: 'Complete the Task in your program: set its AssignmentStatus to completed.',
      },
    ]);
  });

  it.each([
    ['call', { ...wholeInstructions.call, accept: true }],
    ['conference', wholeInstructions.conference],
  ] as const)('logs the same warning for %s in a single-tasking workspace', (name, parameters) => {
    const bench = new InstructionBench();
    bench.respondWith(name, parameters);
    bench.pickUp();
    bench.end();
    expect(bench.statusOf(bench.taskSid)).toBe('assigned');
    expect(bench.alerts).toMatchObject([{ code: null, level: 'warning', resourceSid: bench.offer.sid }]);
  });

  it("logs no warning when a supervisor's call ends", () => {
    const bench = new InstructionBench();
    bench.updateReservation(bench.offer, 'accepted');
    bench.instruct('supervise');
    bench.pickUp();
    bench.end();
    expect([bench.alerts, bench.calls()]).toEqual([[], []]);
  });

  it.each(['wrapping', 'completed'] as const)('logs no warning if the task was already %s', (status) => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    bench.pickUp();
    bench.updateTask(bench.taskSid, { assignmentStatus: status });
    bench.end();
    expect(bench.alerts).toEqual([]);
  });

  it('continues when the task is completed during the call, and moves the worker afterwards', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue', { post_work_activity_sid: bench.activities.Offline });
    bench.pickUp();
    bench.updateTask(bench.taskSid, { assignmentStatus: 'completed' });
    expect(bench.activityOf(bench.alice)).toBe('Busy');
    bench.end();
    expect(bench.activityOf(bench.alice)).toBe('Offline');
  });

  it('ends the call when the task is deleted', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    bench.pickUp();
    bench.deleteTask(bench.taskSid);
    expect(bench.calls()).toEqual([]);
  });

  it('leaves the worker in place, with an alert, when the post-work activity is deleted meanwhile', () => {
    const bench = new InstructionBench();
    const break_ = bench.addActivity('Break', false);
    bench.respondWith('dequeue', { post_work_activity_sid: break_ });
    bench.pickUp();
    bench.run({ type: 'DeleteActivity', workspaceSid: bench.workspaceSid, activitySid: break_ });
    bench.end();
    expect(bench.activityOf(bench.alice)).toBe('Busy');
    expect(bench.alerts).toMatchObject([
      { code: 40130, resourceSid: bench.offer.sid },
      { code: null, level: 'warning' },
    ]);
  });

  it('rings for at most 600 s at a SIP address', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue', { to: 'sip:alice@example.com', timeout: 999 });
    expect(bench.theCall.timeoutSeconds).toBe(600);
  });
});

describe('call', () => {
  it('calls the worker and leaves acceptance to the application', () => {
    const bench = new InstructionBench();
    bench.respondWith('call');
    expect(bench.theCall).toMatchObject({
      to: 'client:alice',
      url: 'https://example.com/twiml',
      timeoutSeconds: 60,
    });
    expect(bench.theTask.attributes.value.worker_call_sid).toBe(bench.theCall.sid);
    bench.pickUp();
    expect(bench.offer.status).toBe('pending');
    bench.updateReservation(bench.offer, 'accepted');
    bench.end();
    expect([bench.offer.status, bench.activityOf(bench.alice)]).toEqual(['accepted', 'Busy']);
  });

  it('accepts immediately with accept=true', () => {
    const bench = new InstructionBench();
    bench.respondWith('call', { ...wholeInstructions.call, accept: true });
    expect(bench.takeEventTypes()).toEqual([
      'task.updated',
      'reservation.accepted',
      'worker.activity.update',
    ]);
    expect(bench.theCall.answeredAt).toBeNull();
    bench.fail('no-answer');
    expect(bench.offer.status).toBe('accepted');
  });

  it('does not need a call_sid', () => {
    const bench = new InstructionBench({}, { selected_language: 'es' });
    bench.respondWith('call');
    expect(bench.calls()).toHaveLength(1);
  });

  it('continues with its own TwiML when the reservation ends', () => {
    const bench = new InstructionBench();
    bench.respondWith('call');
    bench.updateReservation(bench.offer, 'rejected', { workerActivitySid: bench.activities.Offline });
    expect(bench.calls()).toHaveLength(1);
  });
});

describe('redirect', () => {
  it('redirects the parked call and leaves acceptance to the application', () => {
    const bench = new InstructionBench();
    bench.respondWith('redirect');
    expect(bench.theCall).toMatchObject({ to: enqueued.call_sid, url: 'https://example.com/twiml' });
    bench.pickUp();
    expect([bench.offer.status, bench.calls(), bench.alerts]).toEqual(['pending', [], []]);
    expect(bench.takeEventTypes()).toEqual([]);
  });

  it('accepts immediately with accept=true', () => {
    const bench = new InstructionBench();
    bench.respondWith('redirect', { ...wholeInstructions.redirect, accept: 'true' });
    expect(bench.offer.status).toBe('accepted');
    expect(bench.theTask.attributes.value).toEqual(enqueued);
  });
});

describe('supervise', () => {
  const accepted = () => {
    const bench = new InstructionBench();
    bench.updateReservation(bench.offer, 'accepted');
    bench.takeEventTypes();
    return bench;
  };

  it('calls the supervisor and leaves the reservation unchanged', () => {
    const bench = accepted();
    const before = bench.offer;
    bench.instruct('supervise', { supervisor: bench.alice, supervisor_mode: 'whisper' });
    expect(bench.theCall).toMatchObject({ workerSid: bench.alice, to: 'client:alice', from: '+15550100' });
    bench.pickUp();
    bench.end();
    expect(bench.offer).toEqual(before);
    expect([bench.takeEventTypes(), bench.calls()]).toEqual([[], []]);
  });

  it('calls an address that does not belong to a worker', () => {
    const bench = accepted();
    bench.instruct('supervise');
    expect(bench.theCall).toMatchObject({ workerSid: null, to: 'client:boss' });
  });

  it('is refused without a conference to supervise, or without a phone', () => {
    const waiting = new InstructionBench();
    expect(refusal(waiting, () => waiting.instruct('supervise')).code).toBe(40146);
    const bench = accepted();
    const refused = (parameters: object) =>
      refusal(bench, () => bench.instruct('supervise', parameters)).code;
    expect(refused({ supervisor: bench.bob })).toBe(40147);
    expect(refused({ supervisor: 'the boss' })).toBe(40147);
    expect(refused({ supervisor: `WK${'9'.repeat(32)}` })).toBe(20001);
  });

  it('needs a caller ID', () => {
    const bench = new InstructionBench({}, { selected_language: 'es' });
    bench.updateReservation(bench.offer, 'accepted');
    expect(refusal(bench, () => bench.instruct('supervise', { supervisor: 'client:boss' })).code).toBe(40148);
  });
});

describe('calls in progress', () => {
  it.each(['dequeue', 'conference'] as const)('are all restored after a restart: %s', (name) => {
    const bench = new InstructionBench();
    bench.respondWith(name);
    const again = bench.reloaded(countingSids());
    expect(engineSnapshot(again)).toEqual(engineSnapshot(bench.engine));
    const callSid = bench.theCall.sid;
    again.execute({ type: 'CallAnswered', callSid }, bench.now, { source: 'twilio', ipAddress: null });
    expect(again.view.find('reservations', bench.offer.sid)?.status).toBe('accepted');
  });

  it('are deleted with their workspace', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    bench.run({ type: 'DeleteWorkspace', workspaceSid: bench.workspaceSid });
    expect(bench.calls()).toEqual([]);
  });

  it('end with the offer of a deleted worker', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue');
    bench.run({ type: 'DeleteWorker', workspaceSid: bench.workspaceSid, workerSid: bench.alice });
    expect(bench.calls()).toEqual([]);
  });

  it('continue without the worker who is deleted after the work', () => {
    const bench = new InstructionBench();
    bench.respondWith('dequeue', { post_work_activity_sid: bench.activities.Offline });
    bench.pickUp();
    bench.updateTask(bench.taskSid, { assignmentStatus: 'completed' });
    bench.run({ type: 'DeleteWorker', workspaceSid: bench.workspaceSid, workerSid: bench.alice });
    expect(bench.theCall.workerSid).toBeNull();
    bench.end();
    expect(bench.calls()).toEqual([]);
  });
});
