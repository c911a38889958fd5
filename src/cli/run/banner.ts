import type { Colors } from 'picocolors/types';
import type { Local } from '../../local/start-local';
import { networkUrls } from '../../system/network-urls';
import { VirtualClock } from '../../system/virtual-clock';
import { dataFlag, type RunFlags } from '../flags';

/** What people see once everything is ready: URLs, variables for SDKs, and what to do next. */
export function banner(local: Local, flags: RunFlags, colors: Colors, proxyUrl?: string): string {
  const { functionsUrl, taskrouterUrl, accountSid, workspaceSid, workflowSid } = local.run;
  const title = local.host ? 'The lifecycle is running.' : 'The local TaskRouter is running.';
  return [
    '',
    `${colors.bold(title)} ${colors.dim(stateLine(local, flags))}`,
    '',
    ...(local.host ? [`  ${pageLabel(local)}${colors.cyan(`${functionsUrl}/`)}`] : []),
    `  TaskRouter      ${colors.cyan(`${taskrouterUrl}/v1/Workspaces`)}`,
    ...networkLines(local, flags),
    ...(flags.publicUrl ? [`  Public URL      ${colors.cyan(flags.publicUrl)}`] : []),
    ...(proxyUrl
      ? [
          `  Proxy           ${colors.cyan(proxyUrl)}`,
          `                  (unchanged programs: eval "$(${command('env --export --proxy', flags)})")`,
        ]
      : []),
    ...clockLines(local, flags),
    `  Inspector       ${colors.cyan(`${taskrouterUrl}/`)}`,
    ...(flags.operatorAuth
      ? [colors.dim('                  (username and password: the account sid and auth token below)')]
      : []),
    '',
    '  For SDKs and curl:',
    `    export TWILIO_ACCOUNT_SID=${accountSid}`,
    `    export TWILIO_AUTH_TOKEN=${local.credentials.authToken}`,
    `    export TWILIO_API_KEY=${local.credentials.apiKey.sid}`,
    `    export TWILIO_API_SECRET=${local.credentials.apiKey.secret}`,
    `    export TASKROUTER_BASE_URL=${taskrouterUrl}`,
    `    export WORKSPACE_SID=${workspaceSid}`,
    ...(workflowSid ? [`    export WORKFLOW_SID=${workflowSid}`] : []),
    '',
    ...next(local, flags),
    '',
  ].join('\n');
}

/** A project can have a page of its own in place of the lifecycle page. */
const pageLabel = ({ lifecyclePageUrl }: Local) =>
  lifecyclePageUrl ? 'Lifecycle page  ' : 'Functions       ';

/** Where other computers open the pages; their programs take the same addresses. */
function networkLines({ host, run }: Local, flags: RunFlags): string[] {
  const own = [...(host && run.functionsUrl ? [run.functionsUrl] : []), run.taskrouterUrl];
  const [first, ...others] = own.flatMap((url) => networkUrls(flags.host, Number(new URL(url).port)));
  if (first === undefined) return [];
  return [
    `  Other computers ${first}/`,
    ...others.map((url) => `                  ${url}/`),
    '                  (they need a password; "npx taskrouter env" prints it)',
  ];
}

function clockLines({ service }: Local, flags: RunFlags): string[] {
  const { clock } = service.taskRouter;
  if (!(clock instanceof VirtualClock)) return [];
  const pace = clock.running ? 'running' : `stopped; move it with "${command('clock advance 20m', flags)}"`;
  return [`  Virtual clock   ${new Date(clock.now()).toISOString()}, ${pace}`];
}

function stateLine({ continued }: Local, flags: RunFlags): string {
  if (flags.memory) return 'State is only kept in memory.';
  if (!continued) return `State is kept in ${flags.data}.`;
  return `Continues from ${flags.data}; "${command('reset', flags)}" starts over.`;
}

function next(local: Local, flags: RunFlags): string[] {
  const { host, run } = local;
  if (!host) {
    return run.functionsUrl
      ? [`  Callbacks go to ${run.functionsUrl}.`]
      : [
          '  No callbacks are sent: no Functions run here. Run "npx taskrouter start" in their project, or choose their',
          '  URL with "npx taskrouter serve --functions-url URL".',
        ];
  }
  const login = flags.operatorAuth
    ? ' (sign in as the operator; "npx taskrouter env" prints the password)'
    : '';
  const move = local.suggestedMove;
  const step = move ? `, then set ${move.worker} to ${move.activity} on the page` : '';
  return [
    `  Next: open ${run.functionsUrl}/create-task${login}${step}.`,
    '  Callbacks are shown here. Stop with Ctrl+C.',
  ];
}

/** The command for this run, which has to name a data directory that is not the default. */
const command = (words: string, { data }: RunFlags) =>
  `npx taskrouter ${words}${data === dataFlag.default ? '' : ` --data ${data}`}`;
