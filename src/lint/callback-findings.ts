import { isPublicName } from '../common/public-name';
import { type Finding, finding, pointerTo } from './finding';
import type { LintedWorkflow, LintedWorkspace } from './linted-workspace';

/** What Twilio makes of the callback URLs. For a workspace on an account: a local TaskRouter reaches every address. */
export function callbackFindings({ eventCallbackUrl, workflows }: LintedWorkspace): Finding[] {
  return [
    ...urlFindings(eventCallbackUrl, pointerTo('eventCallbackUrl')),
    ...workflows.flatMap((workflow, index) => workflowCallbacks(workflow, pointerTo('workflows', index))),
  ];
}

function workflowCallbacks(workflow: LintedWorkflow, place: string): Finding[] {
  const { friendlyName, assignmentCallbackUrl: url, fallbackAssignmentCallbackUrl: fallback } = workflow;
  const at = `${place}${pointerTo('assignmentCallbackUrl')}`;
  const fallbackAt = `${place}${pointerTo('fallbackAssignmentCallbackUrl')}`;
  return [
    ...(url ? urlFindings(url, at) : [withoutCallback(friendlyName, at)]),
    ...urlFindings(fallback, fallbackAt),
    ...(hostOf(url) !== undefined && hostOf(url) === hostOf(fallback) ? [sameHost(fallbackAt)] : []),
  ];
}

function urlFindings(url: string | null | undefined, place: string): Finding[] {
  if (!url || !URL.canParse(url)) return [];
  const { protocol, hostname } = new URL(url);
  if (!isPublicName(hostname)) {
    return [
      finding(
        'callback_not_public',
        `Twilio cannot reach ${hostname}`,
        'Deploy the Functions (npm run deploy), or use the address of a tunnel.',
        place,
      ),
    ];
  }
  return protocol === 'https:'
    ? []
    : [finding('callback_not_https', 'The requests to this URL are not encrypted', 'Use https.', place)];
}

/** Undefined for what is no URL, such as one with a placeholder. */
const hostOf = (url: string | null | undefined) => (url && URL.canParse(url) ? new URL(url).host : undefined);

const withoutCallback = (workflow: string, place: string) =>
  finding(
    'no_assignment_callback',
    `The workflow ${JSON.stringify(workflow)} has no assignment callback URL, so only a worker or a program can accept its tasks`,
    'Set the URL if your Functions should accept them.',
    place,
  );

const sameHost = (place: string) =>
  finding(
    'fallback_on_same_host',
    'The fallback URL is on the same host as the URL that it replaces, so both fail together',
    'Use another host.',
    place,
  );
