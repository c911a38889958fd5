import { createColors } from 'picocolors';
import { readConfig } from '../../system/config';
import { maskPasswords } from '../../workspace/file/mask-passwords';
import type { Change } from '../../workspace/plan/changes';
import type { Paints } from '../../workspace/plan/print';
import { dataFlag, type PlanFlags, workspaceFlag } from '../flags';

/** One document on standard output; no URL in it tells its password. */
export function writeJson(document: object): void {
  const text = JSON.stringify(
    document,
    (_, value) => (typeof value === 'string' ? maskPasswords(value) : value),
    2,
  );
  process.stdout.write(`${text}\n`);
}

export function say(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** "2 to create, 1 to delete". */
export function countText(changes: readonly Change[]): string {
  const counts = (['create', 'update', 'delete'] as const).map(
    (action) => [action, changes.filter((change) => change.action === action).length] as const,
  );
  return counts
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} to ${action}`)
    .join(', ');
}

/** What to type to do what was planned. */
export function applyCommand({ target, workspace, functionsUrl, prune, data }: PlanFlags): string {
  return [
    'npx taskrouter workspace apply',
    ...(target === 'twilio' ? ['--target twilio'] : []),
    ...(workspace === workspaceFlag.default ? [] : [`--workspace ${workspace}`]),
    ...(functionsUrl === undefined ? [] : [`--functions-url ${functionsUrl}`]),
    ...(prune ? ['--prune'] : []),
    ...(data === dataFlag.default || target === 'twilio' ? [] : [`--data ${data}`]),
  ].join(' ');
}

/** "1 change", "2 changes". */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Colours on a terminal that wants them, and none elsewhere. */
export function terminalPaints(): Paints {
  const colours = createColors(readConfig(process.env).colours && process.stdout.isTTY === true);
  return {
    create: colours.green,
    update: colours.yellow,
    delete: colours.red,
    note: colours.yellow,
    extras: colours.dim,
  };
}
