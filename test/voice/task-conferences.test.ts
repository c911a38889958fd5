import { CallScenes, heard } from '../support/call-scenes';

const scenes = new CallScenes().register();
/** The worker's phone rings until somebody answers. */
const ringing = { outcome: 'no-answer' };
const multitasking = { multiTaskEnabled: true };

type Values = Readonly<Record<string, unknown>>;

/** A caller waits, and Alice's assignment callback responds with a conference. */
async function conferenceWith(
  simulatedCall: object,
  values: Values | ((url: string) => Values) = {},
  settings: object = multitasking,
  documents: Record<string, string> = {},
) {
  const response = (url: string) => ({
    instruction: 'conference',
    ...(typeof values === 'function' ? values(url) : values),
  });
  const scene = await scenes.scene(simulatedCall, response, documents, undefined, settings);
  return {
    ...scene,
    task: () => scene.remote.tasks(String(scene.call.taskSid)).fetch(),
    alice: () => scene.others().find(({ to }) => to === 'client:alice') as ReturnType<typeof scene.others>[0],
  };
}

describe('the instruction conference', () => {
  it('moves the caller into a conference with the worker who answers, and then accepts', async () => {
    const { call, now, task, alice, told, heard: caller } = await conferenceWith({ after: 2 });
    expect([await now(), caller()]).toEqual([
      ['reserved', 'pending', 'Idle'],
      [`twilio Enqueue Task ${call.taskSid}`, 'Alice is called client:alice'],
    ]);
    await scenes.taskRouter.advance(2);
    expect((await now()).slice(0, 2)).toEqual(['assigned', 'accepted']);
    expect(JSON.parse((await task()).attributes).conference).toEqual({
      sid: expect.stringMatching(/^CF/),
      participants: { worker: alice().callSid, customer: call.callSid },
    });
    expect(caller().slice(2)).toEqual(['Alice answers', `twilio starts Conference: ${call.taskSid}`]);
    expect(heard(alice()).slice(-2)).toEqual([
      '+15550111 joins',
      `twilio starts Conference: ${call.taskSid}`,
    ]);
    expect(told()).toMatchObject({ QueueResult: 'redirected', QueueTime: '2' });
  });

  it('goes on when the worker hangs up, and wraps up the task when the caller does, too', async () => {
    const { call, now, task } = await conferenceWith({ talk: 20 });
    await scenes.taskRouter.advance(20);
    expect([call.status, (await now()).slice(0, 2)]).toEqual(['in-progress', ['assigned', 'accepted']]);
    expect(heard(call).at(-1)).toBe('Alice leaves');
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect((await now()).slice(0, 2)).toEqual(['wrapping', 'wrapping']);
    expect((await task()).reason).toBe('Conference ended');
  });

  it('ends with the worker if end_conference_on_exit says so, and the caller’s call with it', async () => {
    const { call, now, task } = await conferenceWith({ talk: 20 }, { end_conference_on_exit: true });
    await scenes.taskRouter.advance(20);
    expect([call.status, heard(call).at(-1)]).toEqual([
      'completed',
      `twilio ends Conference: ${call.taskSid}`,
    ]);
    expect((await now()).slice(0, 2)).toEqual(['wrapping', 'wrapping']);
    expect((await task()).reason).toBe('Conference ended');
  });

  it('ends with the caller if end_conference_on_customer_exit says so, and the worker’s call with it', async () => {
    const { call, now, alice } = await conferenceWith({}, { end_conference_on_customer_exit: true });
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect([alice().status, (await now()).slice(0, 2)]).toEqual(['completed', ['wrapping', 'wrapping']]);
  });

  it('goes on without a worker whose call a program sends to other TwiML', async () => {
    const { call, now, alice } = await conferenceWith({});
    const { client } = scenes.taskRouter;
    await client.calls(alice().callSid).update({ twiml: '<Response><Pause length="5"/></Response>' });
    await scenes.taskRouter.advance(5);
    expect([alice().status, call.status, heard(call).at(-1)]).toEqual([
      'completed',
      'in-progress',
      'Alice leaves',
    ]);
    expect((await now()).slice(0, 2)).toEqual(['assigned', 'accepted']);
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect((await now()).slice(0, 2)).toEqual(['wrapping', 'wrapping']);
  });

  it('sends the status callbacks of the conference, by default about its start and end', async () => {
    const status = (url: string) => ({ conference_status_callback: `${url}/status` });
    const { call } = await conferenceWith({ talk: 10 }, (url) => ({
      ...status(url),
      end_conference_on_exit: true,
    }));
    await scenes.taskRouter.advance(10);
    const sent = scenes.server.requests.filter(({ path }) => path === '/status');
    expect(sent.map(({ parameters }) => parameters)).toMatchObject([
      { StatusCallbackEvent: 'conference-start', FriendlyName: call.taskSid, SequenceNumber: '1' },
      { StatusCallbackEvent: 'conference-end', ReasonConferenceEnded: expect.stringContaining('exit-left') },
    ]);
  });

  it('sends those that it asks for, with blanks between the events', async () => {
    const { call, alice } = await conferenceWith({}, (url) => ({
      conference_status_callback: `${url}/status`,
      conference_status_callback_method: 'GET',
      conference_status_callback_event: 'start join',
      end_conference_on_customer_exit: true,
    }));
    const sent = scenes.server.requests.filter(({ path }) => path === '/status');
    expect(
      sent.map(({ method, parameters }) => [method, parameters.CallSid, parameters.EndConferenceOnExit]),
    ).toEqual([
      ['GET', alice().callSid, 'false'],
      ['GET', call.callSid, 'true'],
      ['GET', undefined, undefined],
    ]);
  });

  it('leaves the worker alone when the caller hangs up otherwise', async () => {
    const { call, now, alice } = await conferenceWith({ talk: 60 });
    await scenes.taskRouter.advance(10);
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect([alice().status, heard(alice()).at(-1)]).toEqual(['in-progress', '+15550111 leaves']);
    expect((await now()).slice(0, 2)).toEqual(['assigned', 'accepted']);
    await scenes.taskRouter.advance(50);
    expect((await now()).slice(0, 2)).toEqual(['wrapping', 'wrapping']);
  });

  it('moves the worker to the post-work activity in a single-tasking workspace', async () => {
    const values = { end_conference_on_exit: true, post_work_activity_sid: '' };
    const { now } = await conferenceWith({ talk: 5 }, values, {});
    expect(await now()).toEqual(['assigned', 'accepted', 'Busy']);
    await scenes.taskRouter.advance(5);
    expect(await now()).toEqual(['assigned', 'accepted', 'WrapUp']);
  });

  it('leaves the caller in the queue while the worker does not answer, and hangs up the phone of a caller who gives up', async () => {
    const { call, now, alice } = await conferenceWith(ringing);
    expect([call.status, (await now())[1], alice().status]).toEqual(['in-progress', 'pending', 'ringing']);
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect([alice().status, (await now()).slice(0, 2)]).toEqual(['canceled', ['canceled', 'canceled']]);
    const { alerts } = await scenes.request('/_taskrouter/alerts');
    expect(alerts.map(({ code }: { code: number }) => code)).toContain(40144);
  });
});

describe('a task whose call is not simulated', () => {
  it('has a conference that ends with the worker’s call', async () => {
    const { remote, call } = await conferenceWith({ talk: 30 });
    await call.hangUp();
    await scenes.taskRouter.advance(30);
    const callSid = `CA${'0'.repeat(32)}`;
    const attributes = { selected_language: 'es', call_sid: callSid, to: '+15550100', from: '+15550111' };
    const { sid } = await remote.tasks.create({
      workflowSid: scenes.taskRouter.workflowSid,
      attributes: JSON.stringify(attributes),
    });
    await scenes.taskRouter.advance(0);
    const task = await remote.tasks(sid).fetch();
    expect(JSON.parse(task.attributes).conference.participants.customer).toBe(callSid);
    await scenes.taskRouter.advance(30);
    expect(await remote.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: 'wrapping',
      reason: 'Conference ended',
    });
  });
});

describe('an outbound conference', () => {
  /** @param customerPhone behaves like a worker's phone */
  async function calling(
    simulatedCall: object,
    values: Parameters<typeof conferenceWith>[1] = {},
    customerPhone: object = {},
  ) {
    const music = { '/music': '<Say>One moment</Say>' };
    const scene = await conferenceWith(simulatedCall, values, multitasking, music);
    await scene.call.hangUp();
    await scenes.taskRouter.advance(600);
    const phone = { contact_uri: '+15550177', simulated_call: customerPhone };
    await scene.remote.workers.create({ friendlyName: 'Ann', attributes: JSON.stringify(phone) });
    const attributes = { selected_language: 'es', outbound_to: '+15550177', from: '+15550123' };
    const { sid } = await scene.remote.tasks.create({
      workflowSid: scenes.taskRouter.workflowSid,
      attributes: JSON.stringify(attributes),
    });
    await scenes.taskRouter.advance(0);
    return {
      task: () => scene.remote.tasks(sid).fetch(),
      alice: scene.alice,
      customer: () => scene.others().find(({ to }) => to === '+15550177'),
    };
  }

  it('calls the customer when the worker has answered', async () => {
    const { task, customer } = await calling({ after: 3, talk: 30 });
    expect(customer()).toBeUndefined();
    await scenes.taskRouter.advance(3);
    expect(customer()).toMatchObject({ from: '+15550123', direction: 'outbound-api', status: 'in-progress' });
    const { participants } = JSON.parse((await task()).attributes).conference;
    expect(participants.customer).toBe(customer()?.callSid);
    await scenes.taskRouter.advance(30);
    expect([customer()?.status, (await task()).reason]).toEqual(['completed', 'Conference ended']);
  });

  it('lets the worker hear wait_url while the customer’s phone rings', async () => {
    const waiting = (url: string) => ({ wait_url: `${url}/music`, wait_method: 'GET' });
    const { alice, customer } = await calling({}, waiting, { after: 5 });
    expect([customer()?.status, heard(alice()).at(-1)]).toEqual(['ringing', 'twilio Say One moment']);
    await scenes.taskRouter.advance(5);
    expect(heard(alice()).slice(-2)).toEqual(['Ann joins', expect.stringContaining('starts Conference')]);
  });

  it('goes on with the worker alone if the customer does not answer', async () => {
    const { alice, customer, task } = await calling({ talk: 20 }, {}, { outcome: 'busy' });
    expect([customer()?.status, alice().status]).toEqual(['busy', 'in-progress']);
    expect(heard(alice()).at(-1)).toBe('Ann does not answer');
    await scenes.taskRouter.advance(20);
    expect((await task()).assignmentStatus).toBe('wrapping');
  });

  it('ends at once then if end_conference_on_customer_exit says so', async () => {
    const values = { end_conference_on_customer_exit: true };
    const { alice, task } = await calling({ talk: 20 }, values, { outcome: 'busy' });
    expect([alice().status, (await task()).assignmentStatus]).toEqual(['completed', 'wrapping']);
  });
});

describe('the instruction redirect', () => {
  it('sends the caller into a conference of the application, which the task does not depend on', async () => {
    const room = (task: string) => `<Dial><Conference endConferenceOnExit="true">${task}</Conference></Dial>`;
    const { call, remote, now, told, others } = await scenes.scene(
      { talk: 60 },
      () => ({}),
      {},
      undefined,
      multitasking,
    );
    const task = String(call.taskSid);
    scenes.documents = { ...scenes.documents, '/room': room(task) };
    const [reservation] = await remote.tasks(task).reservations.list();
    const update = (values: object) =>
      remote.tasks(task).reservations(String(reservation?.sid)).update(values);
    const url = `${scenes.server.url}/room`;
    await update({ instruction: 'redirect', redirectCallSid: call.callSid, redirectUrl: url });
    await scenes.taskRouter.advance(0);
    expect([told()?.QueueResult, heard(call).at(-1)]).toEqual([
      'redirected',
      `twilio Dial Conference: ${task}`,
    ]);
    await update({ instruction: 'call', callFrom: '+15550100', callUrl: url, callAccept: true });
    await scenes.taskRouter.advance(0);
    expect(heard(call).slice(-2)).toEqual(['Alice joins', `twilio starts Conference: ${task}`]);
    expect((await now()).slice(0, 2)).toEqual(['assigned', 'accepted']);
    await scenes.taskRouter.advance(60);
    expect([call.status, others()[0]?.status]).toEqual(['completed', 'completed']);
    expect((await now()).slice(0, 2)).toEqual(['assigned', 'accepted']);
  });
});

describe('a supervisor', () => {
  it.each([
    ['monitor', { Muted: 'true', Coaching: 'false' }],
    ['whisper', { Muted: 'false', Coaching: 'true' }],
    ['barge', { Muted: 'false', Coaching: 'false' }],
  ] as const)(
    'is in the conference to %s, and leaves it without an effect on the task',
    async (mode, part) => {
      const { call, remote, now, others } = await conferenceWith({}, (url) => ({
        conference_status_callback: `${url}/status`,
        conference_status_callback_event: 'join',
      }));
      const task = remote.tasks(String(call.taskSid));
      const [reservation] = await task.reservations.list();
      const update = { instruction: 'supervise', supervisor: 'client:boss', supervisorMode: mode } as const;
      await task.reservations(String(reservation?.sid)).update(update);
      await scenes.taskRouter.advance(0);
      const boss = others().find(({ to }) => to === 'client:boss');
      const joins = scenes.server.requests.filter(({ path }) => path === '/status');
      expect(joins.at(-1)?.parameters).toMatchObject({ CallSid: boss?.callSid, ...part });
      await boss?.hangUp();
      await scenes.taskRouter.advance(0);
      expect([call.status, (await now()).slice(0, 2)]).toEqual(['in-progress', ['assigned', 'accepted']]);
    },
  );
});

describe('a service that starts again', () => {
  it('has the worker in the conference again, whose end wraps up the task, and repeats no status callback', async () => {
    const { call } = await conferenceWith({ talk: 60 }, (url) => ({
      conference_status_callback: `${url}/status`,
      conference_status_callback_event: 'join leave',
    }));
    await scenes.restart();
    scenes.server.requests.length = 0;
    await scenes.taskRouter.advance(60);
    const sent = scenes.server.requests.filter(({ path }) => path === '/status');
    expect(sent.map(({ parameters }) => [parameters.StatusCallbackEvent, parameters.CallSid])).toEqual([
      ['participant-leave', expect.any(String)],
      ['participant-leave', call.callSid],
    ]);
    const { client, workspaceSid } = scenes.taskRouter;
    const task = await client.taskrouter.v1.workspaces(workspaceSid).tasks(String(call.taskSid)).fetch();
    expect(task.reason).toBe('Conference ended');
  });
});
