import path from 'node:path';
import { endCommandsAfterAll, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder } from '../support/taskrouter-process';
import { TwimlServer } from '../support/twiml-server';

endCommandsAfterAll();

const authToken = 'd'.repeat(32);
const data = path.join(temporaryFolder(), 'data');
let ready: Ready;
const server = new TwimlServer(authToken, ({ path, parameters }) => {
  if (path === '/incoming-call') return '<Gather numDigits="1" action="/chosen"><Say>Choose</Say></Gather>';
  if (path === '/hostile') return '<Say>a\n\u009b31mb</Say>';
  if (path === '/spoken') return '<Gather input="speech" speechTimeout="auto" action="/sure"/>';
  if (path === '/sure') return '<Gather input="speech" speechTimeout="auto" action="/spoken-twice"/>';
  if (path === '/late') return afterHangUp(parameters.CallSid ?? '');
  if (path === '/spoken-twice') return '<Hangup/>';
  if (path !== '/chosen') return undefined;
  if (parameters.Digits === '2') return '<Say>Bye</Say>';
  return `<Enqueue workflowSid="${ready.workflowSid}"><Task>{"selected_language":"es"}</Task></Enqueue>`;
});

/** No TwiML, and that only when the caller has hung up. */
async function afterHangUp(sid: string): Promise<undefined> {
  const headers = { authorization: `Basic ${btoa(`${ready.accountSid}:${authToken}`)}` };
  const isOver = async () => {
    const { calls } = await (await fetch(`${ready.taskrouterUrl}/_taskrouter/calls`, { headers })).json();
    return calls.find((call: { call_sid: string }) => call.call_sid === sid).ended_at !== null;
  };
  while (!(await isOver()));
}

beforeAll(async () => {
  await server.listen();
  const args = ['serve', ...anywhere, '--data', data, '--functions-url', server.url];
  const command = new TaskrouterCommand(args, { TASKROUTER_LOCAL_AUTH_TOKEN: authToken });
  ready = await command.ready();
});
afterAll(() => server.close());

const calling = (...args: string[]) =>
  new TaskrouterCommand(['call', ...args, '--data', data], { TASKROUTER_LOCAL_AUTH_TOKEN: authToken });

it('prints the conversation', async () => {
  const { code, output } = await calling('--from', '+15550111', '--to', '+15550100', '--digits', '2').ended();
  expect(code).toBe(0);
  const lines = output.trimEnd().split('\n');
  expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''))).toEqual([
    'caller calls +15550100',
    `twilio requests POST ${server.url}/incoming-call: 200`,
    'twilio Gather dtmf',
    'twilio Say Choose',
    'caller presses 2',
    `twilio requests POST ${server.url}/chosen: 200`,
    'twilio Say Bye',
    'The call is over: completed',
  ]);
});

it('prints what is said on one line, whatever is in it', async () => {
  const { output } = await calling('--from', '+15550111', '--url', `${server.url}/hostile`).ended();
  expect(output).toContain('twilio Say a 31mb\n');
});

it('says what it is told to', async () => {
  const args = ['--from', '+15550111', '--url', `${server.url}/spoken`, '--say', 'Spanish', '--say', 'Yes'];
  const { code, output } = await calling(...args).ended();
  expect([code, output.match(/caller says .*/g)]).toEqual([0, ['caller says Spanish', 'caller says Yes']]);
});

it('lets the caller wait, and hang up at Ctrl+C', async () => {
  const command = calling('--from', '+15550111', '--digits', '1');
  await command.written(/Enqueue/);
  const { code, output } = await command.stop('SIGINT');
  expect(output).toMatch(/caller hangs up\nThe call is over: completed, Task WT[0-9a-f]{32}\n$/);
  expect(code).toBe(130);
});

it('says that the call is over when the state is replaced', async () => {
  const command = calling('--from', '+15550111', '--digits', '1');
  await command.written(/Enqueue/);
  const reset = new TaskrouterCommand(['reset', '--data', data], { TASKROUTER_LOCAL_AUTH_TOKEN: authToken });
  expect((await reset.ended()).code).toBe(0);
  const { code, errors } = await command.ended();
  expect([code, errors]).toEqual([6, expect.stringContaining('its state has been replaced')]);
});

it('prints the call as JSON when the caller has hung up before there was TwiML', async () => {
  const args = ['--from', '+15550111', '--url', `${server.url}/late`];
  const { output } = await calling(...args, '--hang-up-after', '0s', '--json').ended();
  expect(JSON.parse(output)).toMatchObject({
    call_sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
    status: 'no-answer',
    transcript: expect.arrayContaining([expect.objectContaining({ who: 'caller', verb: 'hangs up' })]),
  });
});

it.each([
  [['--digits', '1'], 3, 'Missing required argument: from'],
  [['--from', 'Bob'], 6, 'from'],
  [['--from', '+15550111', '--hang-up-after', 'soon'], 3, "Invalid duration 'soon'"],
])('refuses %j with exit code %i', async (args, expected, message) => {
  const { code, errors } = await calling(...args).ended();
  expect({ code, errors }).toEqual({ code: expected, errors: expect.stringContaining(message) });
});
