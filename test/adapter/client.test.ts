import { connect } from '../../src/adapter/client';
import { readEnvironment } from '../../src/adapter/environment';
import { TaskRouterDouble } from '../support/taskrouter-double';
import { functionContext } from '../support/twilio-runtime';

const taskRouter = new TaskRouterDouble();
beforeAll(() => taskRouter.start());
afterAll(() => taskRouter.stop());
beforeEach(() => void taskRouter.clear());

const environment = (changes = {}) =>
  readEnvironment(functionContext({ TASKROUTER_BASE_URL: taskRouter.url, ...changes }));

it('sends the account’s credentials to the local TaskRouter, whatever region is set', async () => {
  const { accountSid, authToken } = environment();
  taskRouter.on('GET ', { body: { sid: 'WS' } });
  await connect(environment({ TWILIO_REGION: 'ie1', TWILIO_EDGE: 'dublin' }), { retries: true }).fetch();
  const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  expect(taskRouter.sent('GET ')[0]?.authorization).toBe(`Basic ${basic}`);
});

it('keeps one connection for as long as the environment stays the same', () => {
  const first = connect(environment(), { retries: true });
  expect(connect(environment(), { retries: true })).toBe(first);
  expect(connect(environment({ AUTH_TOKEN: 'another' }), { retries: true })).not.toBe(first);
});

it('reaches Twilio’s own TaskRouter, in the region of the runtime, when no local one is set', () => {
  const { baseUrl, region, edge } = readEnvironment(
    functionContext({ TWILIO_REGION: 'ie1', TWILIO_EDGE: 'dublin' }),
  );
  expect({ baseUrl, region, edge }).toEqual({ baseUrl: undefined, region: 'ie1', edge: 'dublin' });
});
