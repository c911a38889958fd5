import { exitCode, failureMessage } from '../../src/cli/failure';
import type { Terminal } from '../../src/cli/terminal';
import { requestTarget } from '../../src/cli/workspace/request-target';
import type { Target } from '../../src/cli/workspace/target';

const target = { name: 'the service', credentialsRemedy: 'Check them.' } as Target;
const said = jest.fn();
const terminal = { writeError: said } as unknown as Terminal;

beforeEach(() => {
  jest.useFakeTimers();
  said.mockClear();
});
afterEach(() => jest.useRealTimers());

it('says what it is waiting for when that takes more than a second, and not before', async () => {
  let respond: (text: string) => void = () => undefined;
  const asking = requestTarget(
    terminal,
    target,
    () =>
      new Promise<string>((resolve) => {
        respond = resolve;
      }),
  );
  jest.advanceTimersByTime(999);
  expect(said).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(said).toHaveBeenCalledWith('Waiting for the service …\n');
  respond('done');
  expect(await asking).toBe('done');
});

it('leaves no timer behind', async () => {
  await requestTarget(terminal, target, async () => 'done');
  expect(jest.getTimerCount()).toBe(0);
});

it.each([
  [
    { status: 401, message: 'Authenticate' },
    6,
    'The credentials were rejected by the service (401). Check them.',
  ],
  [{ status: 503, message: 'Service unavailable' }, 6, 'TaskRouter responded with 503: Service unavailable'],
  [
    { isAxiosError: true, code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND' },
    6,
    'No response from the service (ENOTFOUND). Check the connection, and HTTP_PROXY if you need a proxy; then try again.',
  ],
])('ends with an exit code and a sentence for %j', async (failure, code, sentence) => {
  const error = await requestTarget(terminal, target, () =>
    Promise.reject(Object.assign(new Error(), failure)),
  ).catch((reason: unknown) => reason);
  expect(exitCode(error)).toBe(code);
  expect(failureMessage(error)).toBe(sentence);
});
