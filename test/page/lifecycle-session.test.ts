import type {
  FunctionName,
  FunctionResponse,
  InvokeFunction,
  Parameters,
} from '../../assets/lifecycle/function-client';
import { LifecycleSession } from '../../assets/lifecycle/lifecycle-session';
import { aLifecycle, anAnswer, aTask } from './samples';

interface Call {
  readonly name: FunctionName;
  readonly parameters: Parameters | undefined;
  readonly answer: (answer: FunctionResponse) => void;
}

/** A session whose calls the test answers, one by one. */
function begin() {
  const calls: Call[] = [];
  let visible = true;
  const call: InvokeFunction = (name, parameters) =>
    new Promise((answer) => calls.push({ name, parameters, answer }));
  const session = new LifecycleSession({ invoke: call, isVisible: () => visible });
  /** Answers the latest call, and lets the session take it. */
  const answer = (status: number, body: unknown, part: Partial<FunctionResponse> = {}) => {
    calls.at(-1)?.answer(anAnswer(status, body, part));
    return jest.advanceTimersByTimeAsync(0);
  };
  const show = (now: boolean) => {
    visible = now;
    session.visibilityChanged();
  };
  void session.refresh();
  return { session, calls, answer, show };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('reads again after the time that the Function asks for', async () => {
  const { session, calls, answer } = begin();
  await answer(200, aLifecycle({ poll_after_ms: 5000 }));
  expect(session.state).toMatchObject({ connection: { state: 'live' }, lifecycle: { poll_after_ms: 5000 } });
  await jest.advanceTimersByTimeAsync(4999);
  expect(calls).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(calls).toHaveLength(2);
});

it('does not read again before the last reading has ended', async () => {
  const { calls } = begin();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(calls).toHaveLength(1);
});

it('keeps what it has and asks less and less often while reading fails', async () => {
  const { session, calls, answer } = begin();
  await answer(200, aLifecycle({ tasks: [aTask()] }));
  const waits: number[] = [];
  for (let failures = 0; failures < 7; failures++) {
    await jest.advanceTimersToNextTimerAsync();
    await answer(500, { code: 'internal_error', message: 'The Function failed. See its log.' });
    const { connection } = session.state;
    if (connection.state === 'failing') waits.push(connection.retryInMs);
  }
  expect(waits).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(calls).toHaveLength(8);
  expect(session.state.connection).toMatchObject({ message: 'The Function failed. See its log.' });
  expect(session.state.lifecycle?.tasks).toHaveLength(1);
});

it('is back to its pace after one good answer', async () => {
  const { session, calls, answer } = begin();
  await answer(503, {});
  await jest.advanceTimersByTimeAsync(2000);
  await answer(200, aLifecycle());
  expect(session.state.connection).toEqual({ state: 'live' });
  await jest.advanceTimersByTimeAsync(1000);
  expect(calls).toHaveLength(3);
});

it('waits as long as Retry-After says', async () => {
  const { calls, answer } = begin();
  await answer(429, {}, { retryAfterMs: 45_000 });
  await jest.advanceTimersByTimeAsync(44_999);
  expect(calls).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(calls).toHaveLength(2);
});

it('takes a 200 of somebody else for a failure', async () => {
  const { session, answer } = begin();
  await answer(200, { hello: 'world' });
  expect(session.state).toMatchObject({ connection: { state: 'failing' }, lifecycle: null });
});

it('stops when nobody is signed in', async () => {
  const { session, calls, answer, show } = begin();
  await answer(401, { code: 'sign_in_required', message: '' });
  expect(session.state.connection).toEqual({ state: 'signed-out' });
  show(true);
  await jest.advanceTimersByTimeAsync(600_000);
  expect(calls).toHaveLength(1);
});

it('reads again when the reader comes back from signing in, once', async () => {
  const { session, calls, answer, show } = begin();
  await answer(401, { code: 'sign_in_required', message: '' });
  session.beginSignIn();
  show(false);
  expect(calls).toHaveLength(1);
  show(true);
  expect(calls).toHaveLength(2);
  await answer(401, { code: 'sign_in_required', message: '' });
  show(true);
  expect(calls).toHaveLength(2);
});

it('says that no password is configured, and asks again now and then', async () => {
  const { session, calls, answer } = begin();
  await answer(500, { code: 'operator_not_configured', message: 'Set OPERATOR_PASSWORD.' });
  expect(session.state.connection).toEqual({ state: 'closed', message: 'Set OPERATOR_PASSWORD.' });
  await jest.advanceTimersByTimeAsync(29_999);
  expect(calls).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(calls).toHaveLength(2);
  await answer(200, aLifecycle());
  expect(session.state.connection).toEqual({ state: 'live' });
});

it('keeps what it has seen of the queues', async () => {
  const { session, answer } = begin();
  await answer(200, aLifecycle());
  await jest.advanceTimersByTimeAsync(1000);
  await answer(200, aLifecycle({ tasks: [aTask()] }));
  expect([...session.state.histories.values()]).toMatchObject([{ waiting: [0, 1] }]);
});

it('stops while the tab is hidden and reads at once when it is shown', async () => {
  const { calls, answer, show } = begin();
  await answer(200, aLifecycle());
  show(false);
  await jest.advanceTimersByTimeAsync(600_000);
  expect(calls).toHaveLength(1);
  show(true);
  expect(calls).toHaveLength(2);
});

it('stops after the reading during which the tab was hidden', async () => {
  const { session, calls, answer, show } = begin();
  show(false);
  await answer(200, aLifecycle());
  expect(session.state.connection).toEqual({ state: 'live' });
  await jest.advanceTimersByTimeAsync(600_000);
  expect(calls).toHaveLength(1);
});

it('reads at once after an action, whatever it answered, and keeps the answer', async () => {
  const { session, calls, answer } = begin();
  await answer(200, aLifecycle());
  void session.runAction('cancel-task', { task_sid: 'WT1' });
  expect(calls.at(-1)).toMatchObject({ name: 'cancel-task', parameters: { task_sid: 'WT1' } });
  await answer(409, { code: 'task_is_assigned', message: 'No.' }, { name: 'cancel-task' });
  expect(calls.at(-1)).toMatchObject({ name: 'lifecycle' });
  expect(session.state.responses).toMatchObject([{ name: 'cancel-task', status: 409 }]);
});

it('drops a reading that an action has overtaken', async () => {
  const { session, calls, answer } = begin();
  await answer(200, aLifecycle());
  await jest.advanceTimersByTimeAsync(1000);
  const overtaken = calls.at(-1);
  void session.runAction('create-task', {});
  await answer(201, {}, { name: 'create-task' });
  await answer(200, aLifecycle({ tasks: [aTask()] }));
  overtaken?.answer(anAnswer(200, aLifecycle()));
  await jest.advanceTimersByTimeAsync(0);
  expect(session.state.lifecycle?.tasks).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1000);
  expect(calls).toHaveLength(5);
});

it('tells what changed, and nothing of the first reading', async () => {
  const { session, answer } = begin();
  await answer(200, aLifecycle({ tasks: [aTask()] }));
  expect(session.state.announcement).toBe('');
  await jest.advanceTimersByTimeAsync(1000);
  await answer(200, aLifecycle({ tasks: [aTask({ assignment_status: 'canceled' })] }));
  expect(session.state.announcement).toBe('Task 0001: Canceled.');
});

it('tells its listeners until they leave', async () => {
  const { session, answer } = begin();
  let heard = 0;
  const leave = session.subscribe(() => {
    heard += 1;
  });
  await answer(200, aLifecycle());
  leave();
  await jest.advanceTimersByTimeAsync(1000);
  await answer(200, aLifecycle());
  expect(heard).toBe(1);
});
