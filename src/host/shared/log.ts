import { isSecretVariable, maskSecrets } from '../../common/secrets';

export interface HostLogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  /** The Function that wrote the message or that it is about: a path relative to the project. */
  readonly file?: string;
}

/** Our choice, in characters: longer messages are cut, so that no Function can fill the memory of the host. */
export const maxMessageLength = 16_384;
/** A message of that length as JSON, where each character may take six. */
export const maxLineLength = 7 * maxMessageLength;

/** Where the host and its Functions write. Entries contain none of the secrets the host knows. */
export type HostLog = (entry: HostLogEntry) => void;

/** The secrets in an environment of Functions, found by the variables' names. */
export function secretsIn(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment)
    .filter(([name]) => isSecretVariable(name))
    .map(([, value]) => value);
}

/**
 * Writes to `log` with every secret masked. It calls `secrets` each time, because `.env` may add some.
 * Values under 6 characters stay: masking them would make the log unreadable and hide nothing.
 */
export function maskingLog(log: HostLog, secrets: () => Iterable<string>): HostLog {
  return (entry) => {
    const maskable = [...secrets()].filter((secret) => secret.length >= 6);
    log({ ...entry, message: maskSecrets(entry.message, maskable) });
  };
}
