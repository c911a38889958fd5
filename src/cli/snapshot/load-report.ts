import type { RunRecord } from '../../system/run-record';
import type { LoadedSnapshot } from '../../taskrouter/snapshot/prepare-snapshot';
import { dataFlag } from '../flags';
import { counted } from '../workspace/output';

export interface LoadFlags {
  readonly file: string;
  readonly data: string;
  readonly force: boolean;
  readonly callbacks: boolean;
  readonly json: boolean;
}

/** What was loaded, what was left out, and how to go on. @param run what runs on the data directory */
export function loadReport(flags: LoadFlags, loaded: LoadedSnapshot, run: RunRecord | null): string[] {
  const { workers, tasks, events } = loaded.counts;
  const contents = [counted(workers, 'worker'), counted(tasks, 'task'), counted(events, 'event')].join(', ');
  return [
    `${flags.data} now has the state of ${flags.file} at ${loaded.date}: ${contents}.`,
    ...leftOut(loaded),
    ...(run ? continueRunning(flags, loaded, run) : continueStopped(flags)),
  ];
}

function leftOut({ dropped_callbacks: dropped, removed_callback_urls: removed }: LoadedSnapshot): string[] {
  const parts = [
    ...(dropped > 0 ? [`${counted(dropped, 'callback')} that waited to be sent`] : []),
    ...(removed > 0 ? [`${counted(removed, 'callback URL')} on other computers`] : []),
  ];
  return parts.length > 0 ? [`Left out: ${parts.join(', ')}. Keep them with --callbacks.`] : [];
}

function continueRunning(
  flags: LoadFlags,
  { workspaces }: LoadedSnapshot,
  { workspaceSid, functionsUrl }: RunRecord,
): string[] {
  const lines = [
    `A virtual clock stands still at that time. Move it: npx taskrouter clock advance 1m${dataOption(flags)}`,
  ];
  if (functionsUrl !== null && !workspaces.some(({ sid }) => sid === workspaceSid))
    lines.push(
      `The Functions still use the workspace ${workspaceSid}, which is gone. To use them, start again.`,
    );
  return lines;
}

const continueStopped = (flags: LoadFlags) => [
  `Continue at that time: npx taskrouter serve --clock virtual${dataOption(flags)}`,
  'As every start, it applies the workspace file to the workspace of the same name.',
];

const dataOption = ({ data }: LoadFlags) => (data === dataFlag.default ? '' : ` --data ${data}`);
