import { handler as afterQueue } from '../../functions/after-queue.protected';
import { handler as assignmentCallback } from '../../functions/assignment-callback.protected';
import { handler as enqueueCall } from '../../functions/enqueue-call.protected';
import { handler as eventCallback } from '../../functions/event-callback.protected';
import { handler as incomingCall } from '../../functions/incoming-call.protected';
import { handler as wait } from '../../functions/wait.protected';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { startTaskRouter } from '../../src/testkit';
import tutorial from '../../workspace.json';
import { functionContext, invoke } from '../support/twilio-runtime';
import { TwimlServer } from '../support/twiml-server';

const functions: Readonly<Record<string, FunctionHandler>> = {
  '/incoming-call': incomingCall,
  '/enqueue-call': enqueueCall,
  '/wait': wait,
  '/after-queue': afterQueue,
  '/assignment-callback': assignmentCallback,
  '/event-callback': eventCallback,
};

const authToken = 'f'.repeat(32);

const workspace = {
  ...tutorial,
  activities: [...tutorial.activities, { friendlyName: 'WrapUp', available: false }],
  workers: [
    {
      friendlyName: 'Alice',
      activity: 'Offline',
      attributes: {
        languages: ['en', 'es'],
        contact_uri: 'client:alice',
        simulated_call: { after: 4, talk: 60 },
      },
    },
  ],
};

it('takes a call in Spanish from the greeting to the post-work activity, each request signed', async () => {
  const variables: Record<string, string> = { ASSIGNMENT_INSTRUCTION: 'dequeue' };
  const server = new TwimlServer(authToken, async ({ path, parameters }) => {
    const handler = functions[path];
    if (!handler) return undefined;
    const event = { request: { headers: {}, cookies: {} }, ...parameters };
    const { status, headers, body } = await invoke(handler, { context: functionContext(variables), event });
    const type = String(headers['content-type']);
    return {
      status,
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
  });
  await server.listen();
  const taskRouter = await startTaskRouter({ workspace, authToken, functionsUrl: server.url });
  const { client, workspaceSid, workers, activities, workflowSid } = taskRouter;
  variables.WORKFLOW_SID = workflowSid;
  variables.POST_WORK_ACTIVITY_SID = activities.WrapUp as string;
  const remote = client.taskrouter.v1.workspaces(workspaceSid);
  const alice = async () => (await remote.workers(workers.Alice as string).fetch()).activityName;

  const call = await taskRouter.call({ from: '+15550111', to: '+15550100', digits: '1' });
  const taskSid = String(call.taskSid);
  const waiting = await remote.tasks(taskSid).fetch();
  expect(waiting).toMatchObject({ assignmentStatus: 'pending', taskChannelUniqueName: 'voice' });
  expect(JSON.parse(waiting.attributes)).toMatchObject({
    selected_language: 'es',
    call_sid: call.callSid,
    account_sid: taskRouter.accountSid,
    from: '+15550111',
    to: '+15550100',
    caller: '+15550111',
    called: '+15550100',
    direction: 'inbound',
    call_status: 'in-progress',
    api_version: '2010-04-01',
    from_city: '',
    called_country: '',
  });

  await remote.workers(workers.Alice as string).update({ activitySid: activities.Idle as string });
  await taskRouter.advance(0);
  expect(await alice()).toBe('Reserved');
  const [toAlice] = taskRouter.calls().filter(({ callSid }) => callSid !== call.callSid);
  expect(toAlice).toMatchObject({ to: 'client:alice', workerSid: workers.Alice, taskSid, status: 'ringing' });
  await taskRouter.advance(4);
  await taskRouter.waitFor(taskSid, 'assigned');
  expect(await alice()).toBe('Busy');
  expect([call.status, toAlice?.status]).toEqual(['in-progress', 'in-progress']);

  await taskRouter.advance(60);
  expect([call.status, toAlice?.status, await alice()]).toEqual(['completed', 'completed', 'WrapUp']);
  await remote.tasks(taskSid).update({ assignmentStatus: 'completed' });
  await taskRouter.waitFor(taskSid, 'completed');

  const spoken = call.transcript.filter(({ verb }) => verb !== 'requests' && verb !== 'Say');
  expect(spoken.map(({ who, verb, text }) => `${who} ${verb} ${text}`.trim())).toEqual([
    'caller calls +15550100',
    'twilio Gather dtmf',
    'caller presses 1',
    `twilio Enqueue Task ${taskSid}`,
    'twilio Play /hold-music.wav',
    'Alice is called client:alice',
    'Alice answers',
    'twilio connects Alice',
    'Alice hangs up',
    'twilio Hangup',
  ]);
  const voice = server.paths.filter((path) => !path.endsWith('-callback'));
  expect(voice).toEqual(['/incoming-call', '/enqueue-call', '/wait', '/after-queue']);
  expect(server.requests.find(({ path }) => path === '/after-queue')?.parameters).toMatchObject({
    QueueResult: 'bridged',
    QueueTime: '4',
    QueueSid: expect.stringMatching(/^QU[0-9a-f]{32}$/),
    CallSid: call.callSid,
    language: 'es',
  });
  expect(server.forged).toEqual([]);
  const sent = taskRouter.callbacks();
  expect(sent.filter(({ kind }) => kind !== 'event').map(({ outcome }) => outcome)).toEqual([
    'twiml',
    'twiml',
    'twiml',
    'instruction:dequeue',
    'twiml',
  ]);
  const responses = sent.flatMap(({ requests }) => requests).map(({ response }) => response?.status);
  expect(new Set(responses)).toEqual(new Set([200, 204]));
  await taskRouter.close();
  await server.close();
});
