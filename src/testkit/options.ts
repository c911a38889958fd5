import type { ApiKey } from '../system/credentials';
import { seededSids } from '../system/ids';
import { isSid, type SidSource, sidPrefix } from '../taskrouter/model/sids';
import type { TestKitOptions } from './contract';

/** The options of an instance with all defaults filled in. */
export interface Settings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: ApiKey;
  readonly newSid: SidSource;
  readonly startsAt: number | null;
  readonly port: number;
}

const defaultStart = '2026-01-31T12:00:00Z';

const known: Record<keyof TestKitOptions, true> = {
  clock: true,
  now: true,
  seed: true,
  accountSid: true,
  authToken: true,
  apiKeySid: true,
  apiKeySecret: true,
  port: true,
  workspace: true,
  snapshot: true,
  functionsUrl: true,
  respond: true,
};

/** @throws TypeError that names the option and the expected value */
export function settingsOf(options: TestKitOptions): Settings {
  for (const name of Object.keys(options)) {
    if (!(name in known))
      throw new TypeError(`Unknown option ${name}. Valid options: ${Object.keys(known).join(', ')}`);
  }
  refuseConflicts(options);
  const { clock = 'virtual', seed = 0, port = 0, now = defaultStart } = options;
  const newSid = seededSids(String(seed));
  const accountSid = options.accountSid ?? newSid(sidPrefix.account);
  const authToken = options.authToken ?? newSid('');
  const apiKey = {
    sid: options.apiKeySid ?? newSid(sidPrefix.apiKey),
    secret: options.apiKeySecret ?? newSid(''),
  };
  if (clock !== 'virtual' && clock !== 'system') throw invalidOption('clock', clock, "'virtual' or 'system'");
  if (!isSid(sidPrefix.account, accountSid))
    throw invalidOption('accountSid', accountSid, 'AC and 32 hexadecimal digits');
  if (!isNonEmptyString(authToken)) throw new TypeError('authToken must be a non-empty string');
  if (!isSid(sidPrefix.apiKey, apiKey.sid))
    throw invalidOption('apiKeySid', apiKey.sid, 'SK and 32 hexadecimal digits');
  if (!isNonEmptyString(apiKey.secret)) throw new TypeError('apiKeySecret must be a non-empty string');
  const startsAt = new Date(now).getTime();
  if (Number.isNaN(startsAt)) throw invalidOption('now', now, `a date such as '${defaultStart}'`);
  return { accountSid, authToken, apiKey, newSid, port, startsAt: clock === 'virtual' ? startsAt : null };
}

/** What a snapshot decides. */
const decidedBySnapshot = ['workspace', 'now', 'functionsUrl'] as const;

function refuseConflicts(options: TestKitOptions): void {
  if (options.snapshot === undefined) return;
  const other = decidedBySnapshot.find((name) => options[name] !== undefined);
  if (other)
    throw new TypeError(`${other} cannot be combined with snapshot, which decides it. Remove one of them.`);
}

const isNonEmptyString = (value: unknown): boolean => typeof value === 'string' && value !== '';

const invalidOption = (name: string, value: unknown, expected: string) =>
  new TypeError(`Invalid ${name} '${String(value)}'. Expected ${expected}.`);
