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

/** Never uploaded, because Twilio passes them to the Functions itself. */
const credentials = new Set(['ACCOUNT_SID', 'AUTH_TOKEN']);

/**
 * Names that the platform sets. A variable of the same name would hide its value.
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

/** Our choice: only this password protects the workspace from the internet. */
const minPasswordLength = 12;

/** The variables to upload: those with a value, except the credentials. */
export function uploadedVariables(variables: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => value !== '' && !credentials.has(name)),
  );
}

/**
 * Returns the errors in the settings of a deployment, each with its remedy and without values.
 * @param isUsed whether a Function reads the variable
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

/** twilio-run fills in only what the file lists. */
function credentialErrors(variables: Variables): string[] {
  return [...credentials]
    .filter((name) => variables[name] === undefined)
    .map((name) => `${name} is not listed. Add the line "${name}="; the deployment fills it in.`);
}

function operatorErrors({ OPERATOR_USERNAME = '', OPERATOR_PASSWORD = '' }: Variables): string[] {
  const errors: string[] = [];
  if (OPERATOR_USERNAME === '') {
    errors.push('OPERATOR_USERNAME is empty, so nobody could sign in. Set a name, such as operator.');
  }
  // Source: https://www.rfc-editor.org/rfc/rfc7617#section-2
  if (OPERATOR_USERNAME.includes(':')) errors.push('OPERATOR_USERNAME must not contain a colon.');
  if (OPERATOR_PASSWORD.length < minPasswordLength) {
    const what = OPERATOR_PASSWORD === '' ? 'is empty' : 'is too short';
    errors.push(`OPERATOR_PASSWORD ${what}: use at least ${minPasswordLength} random characters.`);
  }
  return errors;
}

function variableErrors(name: string, value: string, isUsed: (name: string) => boolean): string[] {
  if (name === 'TASKROUTER_BASE_URL') {
    return ['TASKROUTER_BASE_URL is only for local runs. Remove the line, and unset it in your shell.'];
  }
  if (platformNames.has(name)) return [`${name} would hide the platform's own value. Remove the line.`];
  if (isSecretVariable(name) && !isUsed(name)) {
    return [
      `${name} would be uploaded, but no Function reads it. Remove the line, and keep the value in your shell.`,
    ];
  }
  const errors: string[] = [];
  if (name.length > maxKeyCharacters)
    errors.push(`${name} is longer than ${maxKeyCharacters} characters. Shorten it.`);
  const bytes = Buffer.byteLength(value);
  if (bytes > maxValueBytes) {
    errors.push(`${name} has ${bytes} bytes; the limit is ${maxValueBytes}. Shorten it.`);
  }
  return errors;
}

function sizeErrors(uploaded: Variables): string[] {
  const bytes = bytesOfVariables(uploaded);
  return bytes > maxVariablesBytes
    ? [
        `The variables have ${bytes} bytes in total; the limit is ${maxVariablesBytes}. Shorten or remove some.`,
      ]
    : [];
}

function workspaceErrors(uploaded: Variables): string[] {
  return Object.entries({ WORKSPACE_SID: 'WS', WORKFLOW_SID: 'WW' })
    .filter(([name, prefix]) => uploaded[name] !== undefined && !isSid(prefix, uploaded[name]))
    .map(
      ([name, prefix]) =>
        `${name} must be ${prefix} and 32 hexadecimal digits, or empty. The deployment fills it in.`,
    );
}

/** An offer that every instruction can handle, so that each error comes from the settings. */
const sampleOffer = { TaskAttributes: JSON.stringify({ call_sid: `CA${'0'.repeat(32)}` }) };

/** Runs the callback itself to find the error. */
function assignmentErrors(uploaded: Variables): string[] {
  try {
    assignmentCallback(sampleOffer, assignmentSettings(uploaded));
    return [];
  } catch (error) {
    // A custom policy may need attributes that the sample lacks.
    if (!(error instanceof CallbackError)) return [];
    return [`assignment-callback would return no instruction (${error.code}): ${error.message}.`];
  }
}

function attributesErrors({ DEFAULT_TASK_ATTRIBUTES: attributes }: Variables): string[] {
  if (attributes === undefined || parseAttributes(attributes) !== null) return [];
  return ['DEFAULT_TASK_ATTRIBUTES must be a JSON object such as {"selected_language":"es"}, or empty.'];
}
