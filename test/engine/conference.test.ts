import { enqueued, InstructionBench, wholeInstructions } from '../support/instruction-bench';
import { refusal } from '../support/refusal';

describe('the conference instruction', () => {
  it('puts the reservation on hold, with its timeout paused and no event', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference');
    expect(bench.offer).toMatchObject({ status: 'pending', onHold: true });
    bench.pass(600);
    expect([bench.offer.status, bench.statusOf(bench.taskSid)]).toEqual(['pending', 'reserved']);
    expect(bench.takeEventTypes()).toEqual([]);
  });

  it('keeps what it says with the call, except how to sign in to a SIP address', () => {
    const bench = new InstructionBench();
    const kept = {
      conference_status_callback: 'https://example.com/conference',
      conference_status_callback_event: ['start', 'end'],
      end_conference_on_exit: true,
    };
    const signIn = { sip_auth_username: 'alice', sip_auth_password: 'secret' };
    bench.respondWith('conference', { ...wholeInstructions.conference, ...kept, ...signIn });
    expect(bench.theCall.parameters).toMatchObject(kept);
    expect(Object.keys(bench.theCall.parameters)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^sip_auth/)]),
    );
  });

  it('accepts the reservation when the worker answers', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference');
    bench.pass(300);
    bench.pickUp();
    expect(bench.offer).toMatchObject({ status: 'accepted', onHold: false });
    expect(bench.activityOf(bench.alice)).toBe('Busy');
  });

  it('refuses every other transition meanwhile, and acceptance with the known text', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference');
    const { sid } = bench.offer;
    const known = `Reservation ${sid} not in expected state [pending] and cannot be updated to [onHold]`;
    expect(refusal(bench, () => bench.instruct('conference'))).toMatchObject({ code: 20001, message: known });
    expect(refusal(bench, () => bench.updateReservation(bench.offer, 'accepted'))).toMatchObject({
      code: 20001,
      message: known,
    });
    expect(refusal(bench, () => bench.updateReservation(bench.offer, 'rejected')).message).toContain(
      '[rejected]',
    );
    expect(refusal(bench, () => bench.instruct('dequeue')).code).toBe(40135);
  });

  it('is not undone by an assignment callback that fails or accepts meanwhile', () => {
    const bench = new InstructionBench();
    bench.instruct('conference');
    bench.settle(bench.offer, 'failed');
    expect(bench.offer).toMatchObject({ status: 'pending', onHold: true });
    bench.respondWith('accept');
    expect(bench.offer).toMatchObject({ status: 'pending', onHold: true });
  });

  it.each(['refused', 'busy', 'no-answer'] as const)(
    'cancels the reservation when the call is %s, and offers the task again a moment later',
    (failure) => {
      const bench = new InstructionBench();
      bench.respondWith('conference');
      bench.takeEventTypes();
      bench.fail(failure);
      expect(bench.takeEventTypes().slice(0, 1)).toEqual(['reservation.canceled']);
      expect([bench.statusOf(bench.taskSid), bench.activityOf(bench.alice)]).toEqual(['pending', 'Idle']);
      expect(bench.reservationStatuses(bench.taskSid)).toEqual(['canceled']);
      expect(bench.alerts).toEqual([]);
      bench.pass(1);
      expect(bench.offeredTo(bench.taskSid)).toEqual(['Alice']);
    },
  );

  it('gives the reason for the cancellation when the call could not be placed', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference');
    bench.fail('failed');
    expect(bench.offer).toMatchObject({ status: 'canceled', canceledReasonCode: 13223 });
    expect(bench.lastEvent('reservation.canceled').fields.ReservationReasonCode).toBe('13223');
    expect(bench.alerts.map(({ code }) => code)).toEqual([40145]);
  });

  it('is retried at growing intervals while it fails', () => {
    const bench = new InstructionBench();
    const waits: number[] = [];
    for (let round = 0; round < 8; round++) {
      bench.respondWith('conference');
      bench.fail('failed');
      waits.push(((bench.theTask.heldUntil ?? 0) - bench.now) / 1000);
      bench.pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('cancels the task when it was meant for this worker alone', () => {
    const bench = new InstructionBench();
    bench.updateTask(bench.taskSid, { assignmentStatus: 'canceled' });
    const direct = bench.addTask(enqueued, { routingTarget: bench.alice });
    bench.respond(bench.pending(direct), 'conference', wholeInstructions.conference);
    bench.fail('busy');
    expect(bench.task(direct)).toMatchObject({
      status: 'canceled',
      reason: `RoutingTarget not available for Reservation acceptance: ${bench.alice}`,
    });
  });

  it('stops ringing, with an alert, when the task is canceled meanwhile', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference');
    bench.updateTask(bench.taskSid, { assignmentStatus: 'canceled' });
    expect([bench.offer.status, bench.calls()]).toEqual(['canceled', []]);
    expect(bench.alerts).toMatchObject([{ code: 40144, level: 'error', resourceSid: bench.offer.sid }]);
  });

  it('leaves the task to wrap up on its own when the call ends, in a multitasking workspace', () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('conference');
    bench.pickUp();
    bench.takeEventTypes();
    bench.end();
    expect([bench.statusOf(bench.taskSid), bench.offer.status]).toEqual(['wrapping', 'wrapping']);
    expect(bench.takeEventTypes()).toEqual(['task.wrapup', 'reservation.wrapup']);
    expect(bench.alerts).toEqual([]);
  });

  // F7, seen in recorded sessions.
  it('gives the end of the call as the reason for wrapping', () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('conference');
    bench.pickUp();
    bench.end();
    expect(bench.theTask.reason).toBe('Conference ended');
    expect(bench.lastEvent('task.wrapup').fields.Reason).toBe('Conference ended');
  });

  // F7, seen in recorded sessions.
  it('writes the conference and its participants to the task once both have joined', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference');
    expect(bench.theTask.attributes.value).toEqual(enqueued);
    const { version } = bench.theTask;
    bench.takeEventTypes();
    bench.pickUp();
    const participants = { worker: bench.theCall.sid, customer: enqueued.call_sid };
    const conference = { sid: expect.stringMatching(/^CF/), participants };
    expect(bench.theTask.attributes.value).toEqual({ ...enqueued, conference });
    expect(JSON.parse(bench.theTask.attributes.text)).toEqual(bench.theTask.attributes.value);
    expect(bench.theTask.version).toBe(version + 2);
    expect(bench.takeEventTypes()).toEqual([
      'task.updated',
      'reservation.accepted',
      'worker.activity.update',
    ]);
  });

  it('writes a separate call for a customer whom it called', () => {
    const outbound = { selected_language: 'es', outbound_to: '+15550177', from: '+15550123' };
    const bench = new InstructionBench({}, outbound);
    bench.respondWith('conference', {});
    bench.pickUp();
    const { conference } = bench.theTask.attributes.value as { conference: { participants: object } };
    expect(conference.participants).toEqual({
      worker: bench.theCall.sid,
      customer: expect.stringMatching(/^CA/),
    });
    expect(new Set(Object.values(conference.participants)).size).toBe(2);
  });

  // F9: applications in production send it.
  it('accepts a post-work activity in a multitasking workspace, without effect', () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('conference', { post_work_activity_sid: bench.activities.Offline });
    expect([bench.alerts, bench.offer.onHold]).toEqual([[], true]);
    bench.pickUp();
    bench.end();
    expect([bench.statusOf(bench.taskSid), bench.activityOf(bench.alice)]).toEqual(['wrapping', 'Idle']);
  });

  it('leaves a task that was completed during the call unchanged', () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('conference');
    bench.pickUp();
    bench.updateTask(bench.taskSid, { assignmentStatus: 'completed' });
    bench.end();
    expect(bench.statusOf(bench.taskSid)).toBe('completed');
  });

  it('moves the worker to the next activity after the call, in a single-tasking workspace', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference', {
      ...wholeInstructions.conference,
      post_work_activity_sid: bench.activities.Offline,
    });
    bench.pickUp();
    bench.end();
    expect([bench.statusOf(bench.taskSid), bench.activityOf(bench.alice)]).toEqual(['assigned', 'Offline']);
  });

  it('calls out for a task with outbound_to, from the number in from', () => {
    const bench = new InstructionBench(
      {},
      { selected_language: 'es', outbound_to: '+15550177', from: '+15550123' },
    );
    bench.respondWith('conference', {});
    expect(bench.theCall).toMatchObject({ to: 'client:alice', from: '+15550123' });
  });

  it('rescinds the sibling reservations, whose phones stop ringing', () => {
    const queue = { maxReservedWorkers: 2 };
    const bench = new InstructionBench({
      queue,
      rules: ({ english }) => ({ default_filter: { queue: english } }),
    });
    bench.updateTask(bench.taskSid, { assignmentStatus: 'canceled' });
    bench.setActivity(bench.bob, 'Idle');
    const task = bench.addTask(enqueued);
    const [first, second] = [bench.pending(task, 'Alice'), bench.pending(task, 'Bob')];
    bench.respond(first, 'conference', { ...wholeInstructions.conference });
    bench.respond(second, 'conference', { ...wholeInstructions.conference, to: 'client:bob' });
    const [call] = bench.calls().filter(({ reservationSid }) => reservationSid === second.sid);
    bench.run({ type: 'CallAnswered', callSid: call?.sid ?? '' });
    expect(bench.reservation(second.sid).status).toBe('accepted');
    expect(bench.reservation(first.sid)).toMatchObject({ status: 'rescinded', onHold: false });
    expect(bench.calls().map(({ sid }) => sid)).toEqual([call?.sid]);
  });
});

describe('a conference that others are still in', () => {
  it('does not wrap up the task when the worker leaves, but when it ends', () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('conference');
    bench.pickUp();
    bench.run({ type: 'CallEnded', callSid: bench.theCall.sid, conferenceGoesOn: true });
    expect([bench.calls(), bench.statusOf(bench.taskSid), bench.offer.status]).toEqual([
      [],
      'assigned',
      'accepted',
    ]);
    bench.run({ type: 'ConferenceEnded', taskSid: bench.taskSid });
    expect(bench.theTask).toMatchObject({ status: 'wrapping', reason: 'Conference ended' });
  });

  it('ends without an effect on a task that is completed, deleted, or in a single-tasking workspace', () => {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.respondWith('accept');
    bench.updateTask(bench.taskSid, { assignmentStatus: 'completed' });
    bench.run({ type: 'ConferenceEnded', taskSid: bench.taskSid });
    bench.run({ type: 'ConferenceEnded', taskSid: `WT${'0'.repeat(32)}` });
    expect(bench.statusOf(bench.taskSid)).toBe('completed');
    const single = new InstructionBench();
    single.respondWith('accept');
    single.run({ type: 'ConferenceEnded', taskSid: single.taskSid });
    expect(single.statusOf(single.taskSid)).toBe('assigned');
  });

  it('moves the worker who leaves to the next activity, in a single-tasking workspace', () => {
    const bench = new InstructionBench();
    bench.respondWith('conference', {
      ...wholeInstructions.conference,
      post_work_activity_sid: bench.activities.Offline,
    });
    bench.pickUp();
    bench.run({ type: 'CallEnded', callSid: bench.theCall.sid, conferenceGoesOn: true });
    expect([bench.statusOf(bench.taskSid), bench.activityOf(bench.alice)]).toEqual(['assigned', 'Offline']);
  });
});

describe('the conference instruction for a transferred task', () => {
  /** Alice is in the conference of the task, and transfers it to Bob. */
  function transferred(mode: 'WARM' | 'COLD' = 'WARM') {
    const bench = new InstructionBench({ multiTaskEnabled: true });
    bench.setActivity(bench.bob, 'Idle');
    bench.respondWith('conference');
    bench.pickUp();
    const { sid: reservationSid, taskSid } = bench.offer;
    const { workspaceSid, bob: to } = bench;
    bench.run({ type: 'CreateTransfer', workspaceSid, taskSid, reservationSid, to, mode });
    const [call] = bench.calls();
    return { bench, alice: reservationSid, aliceCall: call?.sid ?? '' };
  }
  const toBob = { to: 'client:bob', from: '+15550100' };

  it('calls the other worker into the same conference', () => {
    const { bench, aliceCall } = transferred();
    const before = bench.theTask.attributes.value.conference as { sid: string };
    bench.respondWith('conference', toBob);
    const bobCall = bench.calls().find(({ to }) => to === 'client:bob')?.sid ?? '';
    bench.run({ type: 'CallAnswered', callSid: bobCall });
    expect(bench.theTask.attributes.value.conference).toEqual({
      sid: before.sid,
      participants: { worker: bobCall, customer: enqueued.call_sid },
    });
    expect(bench.calls().map(({ sid }) => sid)).toEqual([aliceCall, bobCall]);
  });

  it('lets the first worker wrap up who leaves, while the other one goes on', () => {
    const { bench, alice, aliceCall } = transferred();
    bench.respondWith('conference', toBob);
    const bobCall = bench.calls().find(({ to }) => to === 'client:bob')?.sid ?? '';
    bench.run({ type: 'CallAnswered', callSid: bobCall });
    bench.run({ type: 'CallEnded', callSid: aliceCall, conferenceGoesOn: true });
    expect(bench.reservation(alice).status).toBe('wrapping');
    expect([bench.statusOf(bench.taskSid), bench.offer.status]).toEqual(['assigned', 'accepted']);
    bench.run({ type: 'CallEnded', callSid: bobCall });
    expect([bench.theTask.reason, bench.offer.status]).toEqual(['Conference ended', 'wrapping']);
  });

  it.each([
    ['WARM', 'wrapping', 'wrapping'],
    ['COLD', 'canceled', 'completed'],
  ] as const)(
    'is over when the conference ends before anybody accepts, after a %s transfer',
    (mode, task, first) => {
      const { bench, alice, aliceCall } = transferred(mode);
      bench.run({ type: 'CallEnded', callSid: aliceCall, conferenceGoesOn: true });
      bench.run({ type: 'ConferenceEnded', taskSid: bench.taskSid });
      expect([bench.offer.status, bench.reservation(alice).status]).toEqual(['canceled', first]);
      expect(bench.statusOf(bench.taskSid)).toBe(task);
      expect([...bench.engine.view.all('transfers')].map(({ status }) => status)).toEqual(['failed']);
    },
  );

  it('is refused with 40149 if the task has no conference', () => {
    const { bench } = transferred();
    bench.updateTask(bench.taskSid, { attributes: { text: JSON.stringify(enqueued), value: enqueued } });
    expect(refusal(bench, () => bench.instruct('conference', toBob)).code).toBe(40149);
    bench.respondWith('conference', toBob);
    expect(bench.alerts.map(({ code }) => code)).toEqual([40149]);
  });
});
