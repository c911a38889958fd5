import { readEnvironment } from '../../src/adapter/environment';
import { LifecycleError } from '../../src/steps/errors';
import { exampleSid, functionContext } from '../support/twilio-runtime';

function errorOf(variables: Record<string, unknown>): LifecycleError {
  try {
    readEnvironment(functionContext(variables));
  } catch (error) {
    if (error instanceof LifecycleError) return error;
    throw error;
  }
  throw new Error('the environment was accepted');
}

it('names all missing variables at once', () => {
  const error = errorOf({ ACCOUNT_SID: undefined, AUTH_TOKEN: '', WORKSPACE_SID: ' ' });
  expect(error.code).toBe('configuration');
  expect(Object.keys(error.details.errors ?? {})).toEqual(['ACCOUNT_SID', 'AUTH_TOKEN', 'WORKSPACE_SID']);
  expect(error.message).toMatch(/ACCOUNT_SID.*AUTH_TOKEN.*WORKSPACE_SID/);
});

it('names variables with the wrong kind of sid, and shows no value', () => {
  const error = errorOf({ WORKSPACE_SID: exampleSid('WW'), WORKFLOW_SID: 'the-workflow' });
  expect(Object.keys(error.details.errors ?? {})).toEqual(['WORKSPACE_SID', 'WORKFLOW_SID']);
  expect(error.message).not.toContain('the-workflow');
});

it('prefers our name of a variable to the tutorial’s', () => {
  const context = functionContext({ TWILIO_WORKSPACE_SID: exampleSid('WS', 2) });
  expect(readEnvironment(context).workspaceSid).toBe(exampleSid('WS', 1));
});

it('lets the page poll a local TaskRouter every second, and a real account every five', () => {
  const local = functionContext({ TASKROUTER_BASE_URL: 'http://127.0.0.1:4040' });
  expect(readEnvironment(local).settings.pollAfterMs).toBe(1000);
  expect(readEnvironment(functionContext()).settings.pollAfterMs).toBe(5000);
});

it('has an inspector URL for a local TaskRouter only', () => {
  const local = functionContext({ TASKROUTER_BASE_URL: 'http://127.0.0.1:4040' });
  expect(readEnvironment(local).settings.inspectorUrl).toBe('http://127.0.0.1:4040/');
  expect(readEnvironment(functionContext()).settings.inspectorUrl).toBeUndefined();
});

describe('TASKROUTER_BASE_URL', () => {
  it.each([
    'http://127.0.0.1:4040',
    'http://127.0.0.1:4040/',
    'http://127.8.9.10:1',
    'https://localhost:4040',
    'http://LOCALHOST',
    'http://[::1]:4040',
  ])('may be this computer: %s', (address) => {
    expect(readEnvironment(functionContext({ TASKROUTER_BASE_URL: address })).baseUrl).toBe(address);
  });

  it.each([
    'http://192.0.2.1:4040',
    'https://taskrouter.twilio.com',
    'http://localhost.example.test',
    'http://127.0.0.1.example.test',
    'http://0.0.0.0:4040',
    'http://[::ffff:192.0.2.1]',
    'http://127.0.0.1@example.test',
    'http://user:password@127.0.0.1:4040',
    'http://127.0.0.1:4040/v1',
    'ftp://127.0.0.1',
    '127.0.0.1:4040',
    'nonsense',
  ])('may not be anything else: %s', (address) => {
    expect(Object.keys(errorOf({ TASKROUTER_BASE_URL: address }).details.errors ?? {})).toEqual([
      'TASKROUTER_BASE_URL',
    ]);
  });
});
