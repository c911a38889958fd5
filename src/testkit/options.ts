import type { ApiKey } from '../system/credentials';
import { seededSids } from '../system/ids';
import { isSid, type SidSource, sidPrefix } from '../taskrouter/model/sids';
import type { TestKitOptions } from './contract';

/** What an instance is made of, with every choice made. */
export interface Settings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: ApiKey;
  readonly newSid: SidSource;
  readonly startsAt: number | null;
  readonly port: number;
}

const usualStart = '2026-01-31T12:00:00Z';

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
  functionsUrl: true,
  respond: true,
};

/** @throws TypeError naming the option and what it should have been */
export function settingsOf(options: TestKitOptions): Settings {
  for (const name of Object.keys(options)) {
    if (!(name in known))
      throw new TypeError(`${name} is no option; there are ${Object.keys(known).join(', ')}`);
  }
  const { clock = 'virtual', seed = 0, port = 0, now = usualStart } = options;
  const newSid = seededSids(String(seed));
  const accountSid = options.accountSid ?? newSid(sidPrefix.account);
  const authToken = options.authToken ?? newSid('');
  const apiKey = {
    sid: options.apiKeySid ?? newSid(sidPrefix.apiKey),
    secret: options.apiKeySecret ?? newSid(''),
  };
  if (clock !== 'virtual' && clock !== 'system') throw refuse('clock', clock, "'virtual' or 'system'");
  if (!isSid(sidPrefix.account, accountSid))
    throw refuse('accountSid', accountSid, 'AC and 32 hexadecimal digits');
  if (!isText(authToken)) throw new TypeError('authToken must be a text');
  if (!isSid(sidPrefix.apiKey, apiKey.sid))
    throw refuse('apiKeySid', apiKey.sid, 'SK and 32 hexadecimal digits');
  if (!isText(apiKey.secret)) throw new TypeError('apiKeySecret must be a text');
  const startsAt = new Date(now).getTime();
  if (Number.isNaN(startsAt)) throw refuse('now', now, `a date, such as '${usualStart}'`);
  return { accountSid, authToken, apiKey, newSid, port, startsAt: clock === 'virtual' ? startsAt : null };
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const refuse = (name: string, value: unknown, wanted: string) =>
  new TypeError(`${name} must be ${wanted}, and is ${String(value)}`);
