import { exitCode, failureMessage } from '../../src/cli/failure';
import { requestTarget } from '../../src/cli/workspace/request-target';
import type { Target } from '../../src/cli/workspace/target';

const target = { name: 'the service', credentialsRemedy: 'Check them.' } as Target;
const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeEach(() => {
  jest.useFakeTimers();
  said.mockClear();
});
afterEach(() => jest.useRealTimers());
afterAll(() => said.mockRestore());

it('says whom it is asking when that takes more than a second, and not before', async () => {
  let answer: (text: string) => void = () => undefined;
  const asking = requestTarget(
    target,
    () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
  );
  jest.advanceTimersByTime(999);
  expect(said).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(said).toHaveBeenCalledWith('Asking the service …\n');
  answer('done');
  expect(await asking).toBe('done');
});

it('leaves no timer behind', async () => {
  await requestTarget(target, async () => 'done');
  expect(jest.getTimerCount()).toBe(0);
});

it.each([
  [
    { status: 401, message: 'Authenticate' },
    6,
    'The credentials are refused by the service (401). Check them.',
  ],
  [{ status: 503, message: 'Service unavailable' }, 6, 'TaskRouter answered 503: Service unavailable'],
  [
    { isAxiosError: true, code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND' },
    6,
    'There is no answer from the service (ENOTFOUND). Check the connection, and HTTP_PROXY if you need one; then try again.',
  ],
])('ends with an exit code and a sentence for %j', async (failure, code, sentence) => {
  const error = await requestTarget(target, () => Promise.reject(Object.assign(new Error(), failure))).catch(
    (reason: unknown) => reason,
  );
  expect(exitCode(error)).toBe(code);
  expect(failureMessage(error)).toBe(sentence);
});
