import { assignmentSettings } from '../../adapter/assignment-environment';
import { isSecretVariable } from '../../common/secrets';
import {
  bytesOfVariables,
  maxKeyCharacters,
  maxValueBytes,
  maxVariablesBytes,
} from '../../common/variable-limits';
import { assignmentCallback } from '../../steps/assignment-callback';
import { parseAttributes } from '../../steps/attributes';
import { CallbackError } from '../../steps/callback-error';
import { isSid } from '../../steps/sid';

type Variables = Readonly<Record<string, string>>;

/** Never uploaded, whatever they hold: Twilio gives them to the Functions itself. */
const credentials = new Set(['ACCOUNT_SID', 'AUTH_TOKEN']);

/**
 * Names that the platform gives; ours would hide its own.
 * Source: https://www.twilio.com/docs/serverless/functions-assets/functions/variables
 */
const platformNames = new Set([
  'DOMAIN_NAME',
  'PATH',
  'SERVICE_SID',
  'ENVIRONMENT_SID',
  'TWILIO_REGION',
  'TWILIO_EDGE',
]);

/** Our choice: this password is all that stands between the internet and the workspace. */
export const minPasswordLength = 12;

/** The variables that would be uploaded: those with a value, less the credentials. */
export function uploadedVariables(variables: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => value !== '' && !credentials.has(name)),
  );
}

/**
 * All that is wrong with the settings of a deployment, a sentence each with the remedy; no value is told.
 * @param isUsed whether any Function reads the variable of that name
 */
export function settingErrors(variables: Variables, isUsed: (name: string) => boolean): string[] {
  const uploaded = uploadedVariables(variables);
  return [
    ...credentialErrors(variables),
    ...operatorErrors(uploaded),
    ...Object.entries(uploaded).flatMap(([name, value]) => variableErrors(name, value, isUsed)),
    ...sizeErrors(uploaded),
    ...workspaceErrors(uploaded),
    ...assignmentErrors(uploaded),
    ...attributesErrors(uploaded),
  ];
}

/** The tool that uploads fills only what the file lists. */
function credentialErrors(variables: Variables): string[] {
  return [...credentials]
    .filter((name) => variables[name] === undefined)
    .map((name) => `${name} is not listed: add the line "${name}=", which is filled when deploying.`);
}

function operatorErrors({ OPERATOR_USERNAME = '', OPERATOR_PASSWORD = '' }: Variables): string[] {
  const faults: string[] = [];
  if (OPERATOR_USERNAME === '') {
    faults.push(
      'OPERATOR_USERNAME is empty: nobody could use the Functions. Write a name, such as operator.',
    );
  }
  // Source: https://www.rfc-editor.org/rfc/rfc7617#section-2
  if (OPERATOR_USERNAME.includes(':')) faults.push('OPERATOR_USERNAME must have no colon in it.');
  if (OPERATOR_PASSWORD.length < minPasswordLength) {
    const what = OPERATOR_PASSWORD === '' ? 'is empty' : 'is too short';
    faults.push(`OPERATOR_PASSWORD ${what}: use at least ${minPasswordLength} random characters.`);
  }
  return faults;
}

function variableErrors(name: string, value: string, isUsed: (name: string) => boolean): string[] {
  if (name === 'TASKROUTER_BASE_URL') {
    return ['TASKROUTER_BASE_URL is for local runs alone: remove the line, and unset it in your shell.'];
  }
  if (platformNames.has(name)) return [`${name} would hide the platform's own value: remove the line.`];
  if (isSecretVariable(name) && !isUsed(name)) {
    return [
      `${name} would be uploaded, and no Function reads it: keep it in your shell, and remove the line.`,
    ];
  }
  const faults: string[] = [];
  if (name.length > maxKeyCharacters)
    faults.push(`${name} is longer than ${maxKeyCharacters} characters: shorten it.`);
  const bytes = Buffer.byteLength(value);
  if (bytes > maxValueBytes) {
    faults.push(`${name} has ${bytes} bytes, and may have ${maxValueBytes}: shorten it.`);
  }
  return faults;
}

function sizeErrors(uploaded: Variables): string[] {
  const bytes = bytesOfVariables(uploaded);
  return bytes > maxVariablesBytes
    ? [
        `The variables have ${bytes} bytes together, and may have ${maxVariablesBytes}: shorten or remove some.`,
      ]
    : [];
}

function workspaceErrors(uploaded: Variables): string[] {
  return Object.entries({ WORKSPACE_SID: 'WS', WORKFLOW_SID: 'WW' })
    .filter(([name, prefix]) => uploaded[name] !== undefined && !isSid(prefix, uploaded[name]))
    .map(
      ([name, prefix]) =>
        `${name} must be ${prefix} and 32 hexadecimal digits, or empty: deploying fills it.`,
    );
}

/** A call that could be answered with any instruction: so whatever the callback finds wrong is the settings' doing. */
const sampleOffer = { TaskAttributes: JSON.stringify({ call_sid: `CA${'0'.repeat(32)}` }) };

/** The callback itself says what it would find wrong. */
function assignmentErrors(uploaded: Variables): string[] {
  try {
    assignmentCallback(sampleOffer, assignmentSettings(uploaded));
    return [];
  } catch (error) {
    // A policy of the user's own may want more than the sample has.
    if (!(error instanceof CallbackError)) return [];
    return [`assignment-callback would answer nothing (${error.code}): ${error.message}.`];
  }
}

function attributesErrors({ DEFAULT_TASK_ATTRIBUTES: attributes }: Variables): string[] {
  if (attributes === undefined || parseAttributes(attributes) !== null) return [];
  return ['DEFAULT_TASK_ATTRIBUTES must be a JSON object such as {"selected_language":"es"}, or be empty.'];
}
