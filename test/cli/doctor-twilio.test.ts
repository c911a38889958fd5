import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { doctorInContext } from '../../src/cli/doctor/run-doctor';
import { dispatcherFor } from '../../src/deploy/functions/functions-client';
import { createTwilioClient } from '../../src/workspace/client';
import { EngineBench } from '../support/engine-bench';
import { FunctionsDouble } from '../support/functions-double';
import { RecordingTerminal } from '../support/recording-terminal';
import { type ServedBench, serveBench } from '../support/serve-bench';
import { testAccount } from '../support/start-test-taskrouter';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';

const functions = new FunctionsDouble();
/** A project with an operator, and without sources. */
const project = temporaryFolder();
beforeAll(async () => {
  await functions.listen();
  functions.set({ build: 'abc' });
  writeFileSync(path.join(project, '.env.deploy'), 'OPERATOR_USERNAME=me\nOPERATOR_PASSWORD=secret\n');
});
afterAll(() => functions.close());
afterAll(removeFolders);

let served: ServedBench;
afterEach(() => served.close());

/** A workspace now, whose callbacks go to these URLs. */
function bench(assignmentCallbackUrl: string, eventCallbackUrl = ''): EngineBench {
  const made = new EngineBench({ assignmentCallbackUrl });
  made.updateWorkspace({ eventCallbackUrl });
  made.now = Date.now();
  return made;
}

const monitor = (alerts: readonly object[]) => (app: FastifyInstance) =>
  app.get('/v1/Alerts', () => ({ alerts, meta: { key: 'alerts' } }));

/** Runs `doctor --target twilio` on an account whose TaskRouter and Monitor are on this computer. */
async function doctor(engine: EngineBench, prepare = monitor([]), credentials: object = {}) {
  served = await serveBench(engine, prepare);
  const { url } = served;
  const { sid: TWILIO_ACCOUNT_SID, authToken: TWILIO_AUTH_TOKEN } = testAccount;
  const terminal = new RecordingTerminal({ TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, ...credentials });
  const flags = {
    target: 'twilio',
    functionsUrl: functions.url,
    data: 'none',
    json: true,
    environment: 'dev',
    production: false,
  } as const;
  await doctorInContext(flags, {
    projectRoot: project,
    terminal,
    newDispatcher: () => dispatcherFor({}),
    connect: (account) => {
      const client = createTwilioClient(account, url, async () => undefined);
      client.monitor.baseUrl = url;
      return client;
    },
  });
  const { findings } = JSON.parse(terminal.output) as { findings: { code: string; place: string }[] };
  return {
    codes: findings.map(({ code, place }) => [code, place]),
    exitCode: terminal.exitCode,
    errors: terminal.errors,
  };
}

const receiver = 'https://care.example.com/assignment-callback';
const alert = (more: object) => ({
  sid: 'NO1',
  error_code: '11200',
  date_generated: new Date().toISOString(),
  alert_text: 'Msg=Bad+Gateway&httpResponse=502',
  request_url: receiver,
  resource_sid: 'WR1',
  ...more,
});

it('finds what is stuck in a workspace, and what the debugger has about it', async () => {
  const engine = bench('');
  engine.now -= 1900 * 1000;
  const taskSid = engine.addTask(undefined, { timeoutSeconds: 2000 });
  const alerts = [alert({ error_code: '40154', request_url: '', alert_text: 'No such worker' })];
  const { codes, exitCode } = await doctor(engine, monitor(alerts));
  expect(exitCode).toBe(2);
  expect(codes).toEqual([
    ['time_to_live_ends_soon', taskSid],
    ['no_worker_for_waiting_tasks', engine.queues.spanish],
    ['recent_alert', 'WR1'],
  ]);
});

it('says that Twilio cannot reach a callback URL on this computer, without asking it', async () => {
  const { codes } = await doctor(bench(`${functions.url}/assignment-callback`));
  expect(codes).toEqual([['callback_unreachable', `${functions.url}/assignment-callback`]]);
  expect(new Set(functions.requests)).toEqual(new Set(['POST /lifecycle']));
});

it('expects only of Functions of this project that they tell their build', async () => {
  functions.set({ lifecycleStatus: 404, build: null });
  const { codes } = await doctor(bench(''));
  functions.set({ lifecycleStatus: 200, build: 'abc' });
  expect(codes).toEqual([]);
});

it('sends GET requests only', async () => {
  await doctor(bench(''));
  expect(served.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
});

it('goes on without the alerts if the credentials do not allow to read them, and says so', async () => {
  const forbidden = (app: FastifyInstance) =>
    app.get('/v1/Alerts', (_, reply) => reply.code(403).send({ code: 20003, message: 'Forbidden' }));
  const { codes, errors, exitCode } = await doctor(bench(''), forbidden);
  expect({ codes, exitCode }).toEqual({ codes: [], exitCode: 0 });
  expect(errors).toContain("The alerts of Twilio's debugger cannot be read: 403.");
});
