import type { Twilio } from 'twilio';
import { ConfigurationError } from '../../system/config';
import { carryOut } from '../../workspace/apply/carry-out';
import { directoryOf } from '../../workspace/existing/existing';
import { type FoundWorkspace, readWorkspace } from '../../workspace/existing/read';
import type { DesiredWorkspace } from '../../workspace/file/desired';
import { maskPasswords } from '../../workspace/file/mask-passwords';
import { subjectOf } from '../../workspace/plan/changes';
import { type Change, planWorkspace } from '../../workspace/plan/plan';
import { readDeployedBuild, requireProtectedCallback } from '../functions/deployed-build';
import type { FunctionsClient } from '../functions/functions-client';

interface WiringOptions {
  readonly client: Twilio;
  readonly desired: DesiredWorkspace;
  /** The address of the Functions. */
  readonly functionsUrl: string;
  /** The workflows' fallback callbacks, on another host. Undefined leaves them unchanged. */
  readonly fallbackUrl?: string | undefined;
}

/** The changes to callback URLs, with the previous URLs. */
export interface Wiring {
  readonly workspace: FoundWorkspace;
  readonly changes: readonly Change[];
}

/** One line for people. */
export function describeWiring(change: Change): string {
  const before = change.before as Record<string, string | null>;
  const said = Object.entries(change.fields).map(
    ([field, url]) => `${field} ${before[field] ?? 'none'} → ${url ?? 'none'}`,
  );
  return maskPasswords(`~ ${subjectOf(change)}: ${said.join(', ')}`);
}

const callbackFields = ['eventCallbackUrl', 'assignmentCallbackUrl', 'fallbackAssignmentCallbackUrl'];

/**
 * Plans the changes to callback URLs, and no other change of the workspace file. Makes no changes.
 * @throws ConfigurationError when the workspace or one of its workflows does not exist, or the fallback URL is invalid
 */
export async function planWiring(options: WiringOptions): Promise<Wiring> {
  const { client, functionsUrl } = options;
  const desired = withFallback(options);
  const workspace = await readWorkspace(client, desired.friendlyName);
  if (!workspace) throw missing(`The workspace "${desired.friendlyName}" does not exist`);
  const { changes } = planWorkspace(desired, workspace, functionsUrl);
  const made = new Set(workspace.workflows.map(({ friendlyName }) => friendlyName));
  const absent = desired.workflows.find(({ friendlyName }) => !made.has(friendlyName));
  if (absent) throw missing(`The workflow "${absent.friendlyName}" does not exist`);
  return { workspace, changes: changes.filter(isAboutCallbacks) };
}

/** Makes the planned changes. */
export function wire(client: Twilio, { workspace, changes }: Wiring): Promise<void> {
  return carryOutAll(client, workspace, changes);
}

/** Restores the previous URLs. */
export function unwire(client: Twilio, { workspace, changes }: Wiring): Promise<void> {
  const back = changes.map(
    (change) => ({ ...change, fields: change.before, before: change.fields }) as Change,
  );
  return carryOutAll(client, workspace, back.reverse());
}

async function carryOutAll(
  client: Twilio,
  workspace: FoundWorkspace,
  changes: readonly Change[],
): Promise<void> {
  const directory = directoryOf(workspace);
  for (const change of changes) {
    await carryOut(client.taskrouter.v1.workspaces(workspace.sid), change, directory);
  }
}

function isAboutCallbacks({ action, fields }: Change): boolean {
  return action === 'update' && Object.keys(fields).every((field) => callbackFields.includes(field));
}

/** @throws ConfigurationError when it is invalid, or on the host of the Functions, with which it would fail */
function withFallback({ desired, functionsUrl, fallbackUrl }: WiringOptions): DesiredWorkspace {
  if (fallbackUrl === undefined) return desired;
  if (!URL.canParse(fallbackUrl) || !/^https?:/i.test(fallbackUrl)) {
    throw new ConfigurationError(['--fallback-url must be an http or https URL.']);
  }
  if (new URL(fallbackUrl).host === new URL(functionsUrl).host) {
    throw new ConfigurationError([
      '--fallback-url is on the host of the Functions and would fail with them. Use another host.',
    ]);
  }
  const workflows = desired.workflows.map((workflow) => ({
    ...workflow,
    fallbackAssignmentCallbackUrl: fallbackUrl,
  }));
  return { ...desired, workflows };
}

const missing = (what: string) =>
  new ConfigurationError([`${what}. Create it with "npx taskrouter workspace apply" and the same --target.`]);

interface WireFunctionsOptions extends Omit<WiringOptions, 'functionsUrl'> {
  readonly functions: FunctionsClient;
  /** Whether there is an operator to read the deployed build with. */
  readonly knowsOperator: boolean;
}

export interface WiredFunctions extends Wiring {
  /** The deployed build; null without an operator. */
  readonly build: string | null;
}

/**
 * Points the callbacks to deployed Functions, however they were deployed.
 * @throws DeploymentFailed, before any change, when there are no Functions or they reject the operator;
 *   ConfigurationError when the workspace does not exist
 */
export async function wireFunctions(options: WireFunctionsOptions): Promise<WiredFunctions> {
  const { client, functions, knowsOperator } = options;
  await requireProtectedCallback(functions);
  const build = knowsOperator ? await readDeployedBuild(functions) : null;
  const wiring = await planWiring({ ...options, functionsUrl: functions.url });
  await wire(client, wiring);
  return { ...wiring, build };
}
