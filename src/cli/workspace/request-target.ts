import { UpstreamFailed } from '../errors';
import type { Target } from './target';

/** Milliseconds. Our choice: until then nobody wonders. */
const patience = 1000;

/**
 * What the target answers; says on standard error that it is still being asked when that takes a while.
 * @throws UpstreamFailed when it cannot be reached or refuses the credentials; else what the work throws
 */
export async function requestTarget<Result>(target: Target, work: () => Promise<Result>): Promise<Result> {
  const hint = setTimeout(() => process.stderr.write(`Asking ${target.name} …\n`), patience);
  try {
    return await work();
  } catch (error) {
    throw upstreamErrorOf(target, error as RequestError);
  } finally {
    clearTimeout(hint);
  }
}

interface RequestError extends Error {
  readonly status?: number;
  readonly code?: string | number;
  readonly isAxiosError?: boolean;
}

/** In words with a remedy, where it is the service that failed; else the error itself. */
export function upstreamErrorOf(
  { name, credentialsRemedy }: Pick<Target, 'name' | 'credentialsRemedy'>,
  error: RequestError,
): Error {
  const { status, message, code, isAxiosError } = error;
  if (status === 401 || status === 403) {
    return new UpstreamFailed(`The credentials are refused by ${name} (${status}). ${credentialsRemedy}`);
  }
  if (isAxiosError) {
    return new UpstreamFailed(
      `There is no answer from ${name} (${code ?? message}). Check the connection, and HTTP_PROXY if you need one; then try again.`,
    );
  }
  return error;
}
