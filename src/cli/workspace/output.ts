import { maskPasswords } from '../../workspace/file/mask-passwords';
import type { Change } from '../../workspace/plan/changes';
import type { Paints } from '../../workspace/plan/print';
import { dataFlag, type PlanFlags, workspaceFlag } from '../flags';
import { terminalColors } from '../reporter';
import type { Terminal } from '../terminal';

/** Writes one JSON document, with the passwords in URLs masked. */
export function writeJson(terminal: Terminal, document: object): void {
  const text = JSON.stringify(
    document,
    (_, value) => (typeof value === 'string' ? maskPasswords(value) : value),
    2,
  );
  terminal.write(`${text}\n`);
}

export function writeLines(terminal: Terminal, ...lines: readonly string[]): void {
  terminal.write(lines.map((line) => `${line}\n`).join(''));
}

/** The colors of a plan. */
export function planPaints(terminal: Terminal): Paints {
  const { green, yellow, red, dim } = terminalColors(terminal);
  return { create: green, update: yellow, delete: red, note: yellow, extras: dim };
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

/** The command that makes the planned changes. */
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
