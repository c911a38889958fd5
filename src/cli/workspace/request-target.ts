import { UpstreamFailed } from '../errors';
import type { Terminal } from '../terminal';
import type { Target } from './target';

/** Our choice: people start to wonder after a second. */
const slowAfterMs = 1000;

/**
 * Sends requests to the target, and says so on standard error when they take a while.
 * @throws UpstreamFailed when the target cannot be reached or rejects the credentials; otherwise what the work throws
 */
export async function requestTarget<Result>(
  terminal: Terminal,
  target: Target,
  work: () => Promise<Result>,
): Promise<Result> {
  const hint = setTimeout(() => terminal.writeError(`Waiting for ${target.name} …\n`), slowAfterMs);
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

/** The error with a remedy when it comes from the service; otherwise the error itself. */
export function upstreamErrorOf(
  { name, credentialsRemedy }: Pick<Target, 'name' | 'credentialsRemedy'>,
  error: RequestError,
): Error {
  const { status, message, code, isAxiosError } = error;
  if (status === 401 || status === 403) {
    return new UpstreamFailed(`The credentials were rejected by ${name} (${status}). ${credentialsRemedy}`);
  }
  if (isAxiosError) {
    return new UpstreamFailed(
      `No response from ${name} (${code ?? message}). Check the connection, and HTTP_PROXY if you need a proxy; then try again.`,
    );
  }
  return error;
}
