import type { Colors } from 'picocolors/types';
import type { Local } from '../../local';
import { VirtualClock } from '../../system/virtual-clock';
import { dataFlag, type RunFlags } from '../flags';

/** What a person sees when everything answers: where to look, what to tell an SDK, what to try next. */
export function banner(local: Local, flags: RunFlags, colours: Colors): string {
  const { functionsUrl, taskrouterUrl, accountSid, workspaceSid, workflowSid } = local.run;
  const title = local.host ? 'The lifecycle is running.' : 'The local TaskRouter is running.';
  return [
    '',
    `${colours.bold(title)} ${colours.dim(stateLine(local, flags))}`,
    '',
    ...(local.host ? [`  Lifecycle page  ${colours.cyan(`${functionsUrl}/`)}`] : []),
    `  TaskRouter      ${colours.cyan(`${taskrouterUrl}/v1/Workspaces`)}`,
    ...clockLines(local, flags),
    `  Inspector       ${colours.cyan(`${taskrouterUrl}/`)}`,
    ...(flags.operatorAuth
      ? [colours.dim('                  (user name and password: the account sid and auth token below)')]
      : []),
    '',
    '  For SDKs and curl:',
    `    export TWILIO_ACCOUNT_SID=${accountSid}`,
    `    export TWILIO_AUTH_TOKEN=${local.credentials.authToken}`,
    `    export TASKROUTER_BASE_URL=${taskrouterUrl}`,
    `    export WORKSPACE_SID=${workspaceSid}`,
    ...(workflowSid ? [`    export WORKFLOW_SID=${workflowSid}`] : []),
    '',
    ...next(local, flags),
    '',
  ].join('\n');
}

function clockLines({ service }: Local, flags: RunFlags): string[] {
  const { clock } = service.taskRouter;
  if (!(clock instanceof VirtualClock)) return [];
  const pace = clock.running ? 'running' : `standing still; ${command('clock advance 20m', flags)}`;
  return [`  Virtual clock   ${new Date(clock.now()).toISOString()}, ${pace}`];
}

function stateLine({ continued }: Local, flags: RunFlags): string {
  if (flags.memory) return 'Nothing is kept.';
  if (!continued) return `Kept in ${flags.data}.`;
  return `It goes on where it was (${flags.data}); "${command('reset', flags)}" starts afresh.`;
}

function next({ host, run }: Local, flags: RunFlags): string[] {
  if (!host) {
    return run.functionsUrl
      ? [`  Callbacks go to ${run.functionsUrl}.`]
      : [
          '  No callbacks are sent. Name your Functions with --functions-url URL, or run "npx taskrouter start".',
        ];
  }
  const login = flags.operatorAuth
    ? ' (sign in as the operator; "npx taskrouter env" shows the password)'
    : '';
  return [
    `  Next: open ${run.functionsUrl}/create-task${login}, then set Alice Idle on the page`,
    '  and watch the callback arrive here. Stop with Ctrl+C.',
  ];
}

/** What to type for this run: another data directory has to be named. */
const command = (words: string, { data }: RunFlags) =>
  `npx taskrouter ${words}${data === dataFlag.default ? '' : ` --data ${data}`}`;
