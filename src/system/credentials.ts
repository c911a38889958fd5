import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { basicAuthorization } from '../common/http-basic';
import type { Config } from './config';
import { DataFileDamaged, readDataFile, writeDataFile } from './data-file';
import { randomSid } from './ids';

/** Accepted wherever account SID and auth token are: https://www.twilio.com/docs/iam/api-keys */
export interface ApiKey {
  /** SK and 32 hexadecimal digits. */
  readonly sid: string;
  readonly secret: string;
}

/** The credentials of the local TaskRouter and of the Functions' operator. Never logged. */
export interface Credentials {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: ApiKey;
  readonly operator: { readonly username: string; readonly password: string };
}

const apiKeySchema = z.object({ sid: z.string().regex(/^SK[0-9a-f]{32}$/), secret: z.string().min(8) });

const credentialsSchema = z.object({
  accountSid: z.string().regex(/^AC[0-9a-f]{32}$/i),
  authToken: z.string().min(8),
  /** Missing in files of version 0.1. */
  apiKey: apiKeySchema.optional(),
  operator: z.object({ username: z.string().min(1), password: z.string().min(8) }),
});

/** The texts to mask wherever they appear. Also as HTTP Basic carries them, because a header with a misspelled name can hold them. */
export function secretTexts({
  accountSid,
  authToken,
  apiKey,
}: Pick<Credentials, 'accountSid' | 'authToken' | 'apiKey'>): string[] {
  const basic = [basicAuthorization(accountSid, authToken), basicAuthorization(apiKey.sid, apiKey.secret)];
  return [authToken, apiKey.secret, ...basic.map((text) => text.replace('Basic ', ''))];
}

/** What a run uses in place of its own; it is not stored. */
export interface CredentialOverrides extends Pick<Config, 'accountSid' | 'authToken'> {
  readonly apiKey?: ApiKey | undefined;
}

/** Generates credentials for one run. */
export function makeCredentials(overrides: CredentialOverrides): Credentials {
  return {
    accountSid: overrides.accountSid ?? randomSid('AC'),
    authToken: overrides.authToken ?? randomBytes(16).toString('hex'),
    apiKey: overrides.apiKey ?? makeApiKey(),
    operator: { username: 'operator', password: randomBytes(12).toString('base64url') },
  };
}

const makeApiKey = (): ApiKey => ({ sid: randomSid('SK'), secret: randomBytes(16).toString('hex') });

/**
 * The credentials of a data directory: generated on the first start, in a file that only its owner can read.
 * @throws DataFileDamaged if the file exists but is not valid
 */
export function keepCredentials(dataDirectory: string, overrides: CredentialOverrides): Credentials {
  const file = path.join(dataDirectory, 'credentials.json');
  const kept = readCredentials(file) ?? writeCredentials(file, makeCredentials({} as CredentialOverrides));
  return {
    ...kept,
    accountSid: overrides.accountSid ?? kept.accountSid,
    authToken: overrides.authToken ?? kept.authToken,
    apiKey: overrides.apiKey ?? kept.apiKey,
  };
}

function readCredentials(file: string): Credentials | null {
  const text = readDataFile(file);
  if (text === null) return null;
  const parsed = credentialsSchema.safeParse(parseJson(text));
  if (parsed.success) {
    const { apiKey, ...rest } = parsed.data;
    return apiKey ? { ...rest, apiKey } : writeCredentials(file, { ...rest, apiKey: makeApiKey() });
  }
  throw new DataFileDamaged(`${file} is damaged. Remove it; the next start generates new credentials.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function writeCredentials(file: string, credentials: Credentials): Credentials {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeDataFile(file, `${JSON.stringify(credentials, null, 2)}\n`);
  return credentials;
}
