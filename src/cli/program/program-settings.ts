import { parse } from 'dotenv';
import { ConfigurationError } from '../../system/config';
import type { ApiKey } from '../../system/credentials';
import { readEnvironmentFile } from '../../system/environment-file';

/** The account and the workspace that a program is set up for; undefined what it does not name. */
export interface ProgramSettings {
  readonly accountSid: Setting | undefined;
  readonly authToken: Setting | undefined;
  readonly apiKeySid: Setting | undefined;
  readonly apiKeySecret: Setting | undefined;
  readonly workspaceSid: Setting | undefined;
  readonly workflowSid: Setting | undefined;
}

/** A value of a program, and where it has it from. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** The file; null for the environment. */
  readonly file: string | null;
}

type SettingName = keyof ProgramSettings;

/** The names that Twilio's tools and documentation use: the SDKs', the Serverless Toolkit's, and the tutorial's. */
export const spellings: Readonly<Record<SettingName, readonly string[]>> = {
  accountSid: ['TWILIO_ACCOUNT_SID', 'ACCOUNT_SID'],
  authToken: ['TWILIO_AUTH_TOKEN', 'AUTH_TOKEN'],
  apiKeySid: ['TWILIO_API_KEY', 'TWILIO_API_KEY_SID', 'API_KEY_SID'],
  apiKeySecret: ['TWILIO_API_SECRET', 'TWILIO_API_KEY_SECRET', 'API_KEY_SECRET'],
  workspaceSid: ['WORKSPACE_SID', 'TWILIO_WORKSPACE_SID'],
  workflowSid: ['WORKFLOW_SID', 'TWILIO_WORKFLOW_SID'],
};

const settingNames = Object.keys(spellings) as SettingName[];

const forms: Readonly<Record<SettingName, readonly [form: RegExp, text: string]>> = {
  accountSid: sidForm('AC'),
  authToken: secretForm(),
  apiKeySid: sidForm('SK'),
  apiKeySecret: secretForm(),
  workspaceSid: sidForm('WS'),
  workflowSid: sidForm('WW'),
};

function sidForm(prefix: string): [RegExp, string] {
  return [new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i'), `${prefix} and 32 hexadecimal digits`];
}

function secretForm(): [RegExp, string] {
  return [/^[\x21-\x7e]{8,128}$/, '8 to 128 printable characters without spaces'];
}

/**
 * Reads what a program has of its own. The environment takes precedence over the file, as with every reader of such files;
 * empty values do not count.
 * @param file of variables, which need not exist
 * @throws ConfigurationError that names every invalid variable, but shows no values
 */
export function readProgramSettings(environment: NodeJS.ProcessEnv, file: string): ProgramSettings {
  const written = parse(readEnvironmentFile(file) ?? '');
  const find = (name: string): Setting[] => {
    const own = environment[name];
    if (own) return [{ name, value: own, file: null }];
    return written[name] ? [{ name, value: written[name], file }] : [];
  };
  const found = settingNames.map((setting) => [setting, spellings[setting].flatMap(find)] as const);
  const faults = [
    ...found.flatMap(([setting, settings]) => faultsOf(setting, settings)),
    ...apiKeyFaults(found.filter(([, settings]) => settings.length > 0).map(([setting]) => setting)),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
  return Object.fromEntries(found.map(([setting, [first]]) => [setting, first])) as never as ProgramSettings;
}

function faultsOf(setting: SettingName, found: readonly Setting[]): string[] {
  const [form, text] = forms[setting];
  const malformed = found.filter(({ value }) => !form.test(value));
  const [first, other] = [found[0], found.find(({ value }) => value !== found[0]?.value)];
  return [
    ...malformed.map(
      (each) => `${placeOf(each)} must be ${text}. Correct it, or remove it to use a local one.`,
    ),
    ...(first && other ? [`${placeOf(first)} and ${placeOf(other)} differ. Remove one of them.`] : []),
  ];
}

function apiKeyFaults(set: readonly SettingName[]): string[] {
  if (set.includes('apiKeySid') === set.includes('apiKeySecret')) return [];
  const [name] = set.includes('apiKeySid') ? spellings.apiKeySecret : spellings.apiKeySid;
  return [`The API key is incomplete: ${name} is not set. Set both, or remove both to use a local one.`];
}

/** `WORKSPACE_SID in .env`. */
export function placeOf({ name, file }: Setting): string {
  return `${name} in ${file ?? 'the environment'}`;
}

/** The API key, if the program has one. */
export function apiKeyOf({ apiKeySid, apiKeySecret }: ProgramSettings): ApiKey | undefined {
  return apiKeySid && apiKeySecret && { sid: apiKeySid.value, secret: apiKeySecret.value };
}
