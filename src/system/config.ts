/** The settings in environment variables. Only this file reads them. */
export interface Config {
  /** Replaces the account that is generated on the first start. */
  readonly accountSid: string | undefined;
  readonly authToken: string | undefined;
  /** Whether output uses colors: https://no-color.org */
  readonly colors: boolean;
}

/** Lists every problem at once, in sentences that say how to fix it. */
export class ConfigurationError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigurationError';
  }
}

/** @throws ConfigurationError */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const accountSid = env.TASKROUTER_LOCAL_ACCOUNT_SID || undefined;
  const authToken = env.TASKROUTER_LOCAL_AUTH_TOKEN || undefined;
  const faults: string[] = [];
  if (accountSid !== undefined && !/^AC[0-9a-f]{32}$/i.test(accountSid)) {
    faults.push('TASKROUTER_LOCAL_ACCOUNT_SID must be AC and 32 hexadecimal digits.');
  }
  if (authToken !== undefined && !/^[\x21-\x7e]{8,128}$/.test(authToken)) {
    faults.push('TASKROUTER_LOCAL_AUTH_TOKEN must be 8 to 128 printable characters without spaces.');
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return { accountSid, authToken, colors: !env.NO_COLOR };
}
