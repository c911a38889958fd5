import { nouns } from '../existing/existing';
import { maskPasswords } from '../file/mask-passwords';
import { pathText } from '../file/path-text';
import { subjectOf } from './change-text';
import type { Change } from './changes';
import type { Extra } from './extras';
import { type LeafDifference, leafDifferences } from './leaf-differences';
import type { Plan } from './plan';

type Paint = (text: string) => string;

/** How the kinds of lines look; the terminal's colours, or none. */
export interface Paints {
  readonly create: Paint;
  readonly update: Paint;
  readonly delete: Paint;
  readonly note: Paint;
  readonly extras: Paint;
}

const asItIs: Paint = (text) => text;
const noPaints: Paints = { create: asItIs, update: asItIs, delete: asItIs, note: asItIs, extras: asItIs };

const signs = { create: '+', update: '~', delete: '-' } as const;
const widest = 60;

/** The plan for people, a line for each change and note. */
export function printPlan(plan: Plan, paints: Paints = noPaints): string {
  const changes = plan.changes.map((change) => printChange(change, paints));
  const lines = changes.length > 0 ? changes : ['Nothing to do: the workspace is as its file says.'];
  return [...lines, ...printNotes(plan, paints)].join('\n');
}

export function printNotes({ notes, extras }: Plan, paints: Paints = noPaints): string[] {
  return [
    ...notes.map((note) => paints.note(`! ${note}`)),
    ...(extras.length > 0 ? [paints.extras(printExtras(extras))] : []),
  ];
}

export function printChange(change: Change, paints: Paints = noPaints): string {
  const { action, fields, before } = change;
  const details = Object.entries(fields).flatMap(([field, value]) =>
    field in before
      ? printDifferences(field, (before as Record<string, unknown>)[field], value)
      : [`${field} ${printValue(value)}`],
  );
  const title = paints[action](`${signs[action]} ${subjectOf(change)}`);
  return details.length > 0 ? `${title}: ${details.join(', ')}` : title;
}

/** Our choice: a configuration that differs in more places has to be read as a whole. */
const differencesShown = 3;

function printDifferences(field: string, before: unknown, after: unknown): string[] {
  const places = leafDifferences(before, after, [field]);
  const shown = places.slice(0, differencesShown).map(printDifference);
  const more = places.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more in ${field}`] : shown;
}

/** Two long texts side by side help nobody. */
function printDifference({ path, before, after }: LeafDifference): string {
  const [from, to] = [printValue(before), printValue(after)];
  return from === to ? `${pathText(path)} changed` : `${pathText(path)} ${from} → ${to}`;
}

function printValue(value: unknown): string {
  if (value === null) return 'none';
  if (value === undefined) return 'nothing';
  const text = maskPasswords(JSON.stringify(value));
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}

/** Our choice: enough to recognise them by. */
const named = 5;

function printExtras(extras: readonly Extra[]): string {
  const names = extras.slice(0, named).map(({ kind, name }) => `${nouns[kind]} ${JSON.stringify(name)}`);
  const all = extras.length > named ? `${names.join(', ')}, …` : names.join(', ');
  const they = extras.length === 1 ? 'It stays' : 'They stay';
  return `  ${extras.length} more in the workspace that the file does not name: ${all}. ${they}; --prune deletes what nothing uses.`;
}
