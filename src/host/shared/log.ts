import { isSecretVariable, maskSecrets } from '../../common/secrets';

export interface HostLogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  /** The Function that wrote it or that it is about, as a path relative to the project. */
  readonly file?: string;
}

/** Where the host and its Functions write. Entries never hold a secret that the host knows of. */
export type HostLog = (entry: HostLogEntry) => void;

/** Secrets in an environment of Functions, judged by the variables' names. */
export function secretsIn(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment)
    .filter(([name]) => isSecretVariable(name))
    .map(([, value]) => value);
}

/**
 * Writes to `log` with every secret replaced. `secrets` is asked each time, because `.env` may bring new ones.
 * Values under 6 characters are left alone: masking them would make the log unreadable and hide nothing.
 */
export function maskingLog(log: HostLog, secrets: () => Iterable<string>): HostLog {
  return (entry) => {
    const maskable = [...secrets()].filter((secret) => secret.length >= 6);
    log({ ...entry, message: maskSecrets(entry.message, maskable) });
  };
}
