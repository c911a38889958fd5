import type { Twilio } from 'twilio';
import { ConfigurationError } from '../../system/config';
import { carryOut } from '../../workspace/apply/carry-out';
import { directoryOf } from '../../workspace/existing/existing';
import { type FoundWorkspace, readWorkspace } from '../../workspace/existing/read';
import type { DesiredWorkspace } from '../../workspace/file/desired';
import { maskPasswords } from '../../workspace/file/mask-passwords';
import { subjectOf } from '../../workspace/plan/changes';
import { type Change, planWorkspace } from '../../workspace/plan/plan';

export interface WiringOptions {
  readonly client: Twilio;
  readonly desired: DesiredWorkspace;
  /** Where the Functions are. */
  readonly functionsUrl: string;
  /** For the workflows' fallback callbacks, on another host; without it they stay as they are. */
  readonly fallbackUrl?: string | undefined;
}

/** Which callback URLs have to change, and what they were. */
export interface Wiring {
  readonly workspace: FoundWorkspace;
  readonly changes: readonly Change[];
}

/** A line for people. */
export function describeWiring(change: Change): string {
  const before = change.before as Record<string, string | null>;
  const said = Object.entries(change.fields).map(
    ([field, url]) => `${field} ${before[field] ?? 'none'} → ${url ?? 'none'}`,
  );
  return maskPasswords(`~ ${subjectOf(change)}: ${said.join(', ')}`);
}

const callbackFields = ['eventCallbackUrl', 'assignmentCallbackUrl', 'fallbackAssignmentCallbackUrl'];

/**
 * What of the plan of the workspace file is about callbacks: everything else stays as it is. Reads, and changes nothing.
 * @throws ConfigurationError when the workspace or one of its workflows does not exist, or the fallback is none
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

/** Makes the changes; none when there are none. */
export function wire(client: Twilio, { workspace, changes }: Wiring): Promise<void> {
  return carryOutAll(client, workspace, changes);
}

/** Puts the URLs back that were there before. */
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

/** @throws ConfigurationError when it is on the host of the Functions: what fails there fails twice */
function withFallback({ desired, functionsUrl, fallbackUrl }: WiringOptions): DesiredWorkspace {
  if (fallbackUrl === undefined) return desired;
  if (!URL.canParse(fallbackUrl) || !/^https?:/i.test(fallbackUrl)) {
    throw new ConfigurationError(['--fallback-url must be an http or https URL.']);
  }
  if (new URL(fallbackUrl).host === new URL(functionsUrl).host) {
    throw new ConfigurationError([
      '--fallback-url is on the host of the Functions, and would fail with them: name another host.',
    ]);
  }
  const workflows = desired.workflows.map((workflow) => ({
    ...workflow,
    fallbackAssignmentCallbackUrl: fallbackUrl,
  }));
  return { ...desired, workflows };
}

const missing = (what: string) =>
  new ConfigurationError([
    `${what} yet: make it with "npx taskrouter workspace apply" and the same --target.`,
  ]);
