import type {
  FunctionName,
  FunctionResponse,
  InvokeFunction,
  Parameters,
} from '../../assets/lifecycle/function-client';
import { LifecycleSession } from '../../assets/lifecycle/lifecycle-session';
import { aLifecycle, aResponse, aTask } from './samples';

interface Request {
  readonly name: FunctionName;
  readonly parameters: Parameters | undefined;
  readonly respond: (response: FunctionResponse) => void;
}

/** A session whose requests the test responds to, one by one, except the one for presets. */
function begin(presets = aResponse(503, {})) {
  const requests: Request[] = [];
  let visible = true;
  const invoke: InvokeFunction = (name, parameters) =>
    parameters?.task_presets
      ? Promise.resolve(presets)
      : new Promise((respond) => requests.push({ name, parameters, respond }));
  const session = new LifecycleSession({ invoke, isVisible: () => visible });
  /** Responds to the latest request, and lets the session receive it. */
  const respond = (status: number, body: unknown, part: Partial<FunctionResponse> = {}) => {
    requests.at(-1)?.respond(aResponse(status, body, part));
    return jest.advanceTimersByTimeAsync(0);
  };
  const show = (now: boolean) => {
    visible = now;
    session.visibilityChanged();
  };
  void session.refresh();
  return { session, requests, respond, show };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('reads again after the interval that the Function asks for', async () => {
  const { session, requests, respond } = begin();
  await respond(200, aLifecycle({ poll_after_ms: 5000 }));
  expect(session.state).toMatchObject({ connection: { state: 'live' }, lifecycle: { poll_after_ms: 5000 } });
  await jest.advanceTimersByTimeAsync(4999);
  expect(requests).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(requests).toHaveLength(2);
});

it('does not read again before the last read has ended', async () => {
  const { requests } = begin();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(requests).toHaveLength(1);
});

it('keeps its data and reads less and less often while requests fail', async () => {
  const { session, requests, respond } = begin();
  await respond(200, aLifecycle({ tasks: [aTask()] }));
  const waits: number[] = [];
  for (let failures = 0; failures < 7; failures++) {
    await jest.advanceTimersToNextTimerAsync();
    await respond(500, { code: 'internal_error', message: 'The Function failed; its log says why.' });
    const { connection } = session.state;
    if (connection.state === 'failing') waits.push(connection.retryInMs);
  }
  expect(waits).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(requests).toHaveLength(8);
  expect(session.state.connection).toMatchObject({ message: 'The Function failed; its log says why.' });
  expect(session.state.lifecycle?.tasks).toHaveLength(1);
});

it('returns to its interval after one success', async () => {
  const { session, requests, respond } = begin();
  await respond(503, {});
  await jest.advanceTimersByTimeAsync(2000);
  await respond(200, aLifecycle());
  expect(session.state.connection).toEqual({ state: 'live' });
  await jest.advanceTimersByTimeAsync(1000);
  expect(requests).toHaveLength(3);
});

it('waits as long as Retry-After says', async () => {
  const { requests, respond } = begin();
  await respond(429, {}, { retryAfterMs: 45_000 });
  await jest.advanceTimersByTimeAsync(44_999);
  expect(requests).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(requests).toHaveLength(2);
});

it('treats a 200 with another body as a failure', async () => {
  const { session, respond } = begin();
  await respond(200, { hello: 'world' });
  expect(session.state).toMatchObject({ connection: { state: 'failing' }, lifecycle: null });
});

it('stops when signed out', async () => {
  const { session, requests, respond, show } = begin();
  await respond(401, { code: 'sign_in_required', message: '' });
  expect(session.state.connection).toEqual({ state: 'signed-out' });
  show(true);
  await jest.advanceTimersByTimeAsync(600_000);
  expect(requests).toHaveLength(1);
});

it('reads once when the user returns from signing in', async () => {
  const { session, requests, respond, show } = begin();
  await respond(401, { code: 'sign_in_required', message: '' });
  session.beginSignIn();
  show(false);
  expect(requests).toHaveLength(1);
  show(true);
  expect(requests).toHaveLength(2);
  await respond(401, { code: 'sign_in_required', message: '' });
  show(true);
  expect(requests).toHaveLength(2);
});

it('says that no password is set, and tries again now and then', async () => {
  const { session, requests, respond } = begin();
  await respond(500, { code: 'operator_not_configured', message: 'Set OPERATOR_PASSWORD.' });
  expect(session.state.connection).toEqual({ state: 'closed', message: 'Set OPERATOR_PASSWORD.' });
  await jest.advanceTimersByTimeAsync(29_999);
  expect(requests).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(requests).toHaveLength(2);
  await respond(200, aLifecycle());
  expect(session.state.connection).toEqual({ state: 'live' });
});

it('keeps the history of the queues', async () => {
  const { session, respond } = begin();
  await respond(200, aLifecycle());
  await jest.advanceTimersByTimeAsync(1000);
  await respond(200, aLifecycle({ tasks: [aTask()] }));
  expect([...session.state.histories.values()]).toMatchObject([{ waiting: [0, 1] }]);
});

it('stops while the tab is hidden and reads at once when it is shown', async () => {
  const { requests, respond, show } = begin();
  await respond(200, aLifecycle());
  show(false);
  await jest.advanceTimersByTimeAsync(600_000);
  expect(requests).toHaveLength(1);
  show(true);
  expect(requests).toHaveLength(2);
});

it('stops after the read during which the tab was hidden', async () => {
  const { session, requests, respond, show } = begin();
  show(false);
  await respond(200, aLifecycle());
  expect(session.state.connection).toEqual({ state: 'live' });
  await jest.advanceTimersByTimeAsync(600_000);
  expect(requests).toHaveLength(1);
});

it('reads at once after an action, successful or not, and keeps its response', async () => {
  const { session, requests, respond } = begin();
  await respond(200, aLifecycle());
  void session.runAction('cancel-task', { task_sid: 'WT1' });
  expect(requests.at(-1)).toMatchObject({ name: 'cancel-task', parameters: { task_sid: 'WT1' } });
  await respond(409, { code: 'task_is_assigned', message: 'No.' }, { name: 'cancel-task' });
  expect(requests.at(-1)).toMatchObject({ name: 'lifecycle' });
  expect(session.state.responses).toMatchObject([{ name: 'cancel-task', status: 409 }]);
});

it('drops a read that an action has overtaken', async () => {
  const { session, requests, respond } = begin();
  await respond(200, aLifecycle());
  await jest.advanceTimersByTimeAsync(1000);
  const overtaken = requests.at(-1);
  void session.runAction('create-task', {});
  await respond(201, {}, { name: 'create-task' });
  await respond(200, aLifecycle({ tasks: [aTask()] }));
  overtaken?.respond(aResponse(200, aLifecycle()));
  await jest.advanceTimersByTimeAsync(0);
  expect(session.state.lifecycle?.tasks).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1000);
  expect(requests).toHaveLength(5);
});

it('announces what changed, but not after the first read', async () => {
  const { session, respond } = begin();
  await respond(200, aLifecycle({ tasks: [aTask()] }));
  expect(session.state.announcement).toBe('');
  await jest.advanceTimersByTimeAsync(1000);
  await respond(200, aLifecycle({ tasks: [aTask({ assignment_status: 'canceled' })] }));
  expect(session.state.announcement).toBe('Task 0001: Canceled.');
});

it('notifies its listeners until they unsubscribe', async () => {
  const { session, respond } = begin();
  let notified = 0;
  const unsubscribe = session.subscribe(() => {
    notified += 1;
  });
  await respond(200, aLifecycle());
  unsubscribe();
  await jest.advanceTimersByTimeAsync(1000);
  await respond(200, aLifecycle());
  expect(notified).toBe(1);
});

describe('the presets for new tasks', () => {
  const presets = [{ label: 'Spanish', attributes: { selected_language: 'es' } }];

  it('are loaded once, with the first response of /lifecycle', async () => {
    const { session, respond } = begin(aResponse(200, { task_presets: presets }));
    expect(session.state.presets).toBeNull();
    await respond(200, aLifecycle());
    expect(session.state.presets).toEqual(presets);
  });

  it.each([
    [404, []],
    [503, null],
  ])('after status %i are %j', async (status, expected) => {
    const { session, respond } = begin(aResponse(status, {}));
    await respond(200, aLifecycle());
    expect(session.state.presets).toEqual(expected);
  });
});
