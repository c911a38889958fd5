import { ConfigurationError } from '../system/config';

/** Does something with a file that the user named. @throws ConfigurationError with the system's reason and the remedy */
export function orConfigurationError<Result>(what: string, remedy: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`Cannot ${what} (${code}). ${remedy}`]);
  }
}
