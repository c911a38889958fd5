import { isDeepStrictEqual } from 'node:util';
import { nouns } from '../existing/existing';
import { maskPasswords } from '../file/mask-passwords';
import { pathText } from '../file/names';
import { type Change, subjectOf } from './changes';
import type { Extra } from './extras';
import type { Plan } from './plan';

type Paint = (text: string) => string;

/** The color of each kind of line. */
export interface Paints {
  readonly create: Paint;
  readonly update: Paint;
  readonly delete: Paint;
  readonly note: Paint;
  readonly extras: Paint;
}

const plain: Paint = (text) => text;
const noPaints: Paints = { create: plain, update: plain, delete: plain, note: plain, extras: plain };

const signs = { create: '+', update: '~', delete: '-' } as const;
/** Characters. Our choice. */
const maxValueLength = 60;

/** The plan as text, one line for each change and note. */
export function printPlan(plan: Plan, paints: Paints = noPaints): string {
  const changes = plan.changes.map((change) => printChange(change, paints));
  const lines = changes.length > 0 ? changes : ['Nothing to do: the workspace matches its file.'];
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

/** Our choice: with more differences, the configuration is easier to read as a whole. */
const differencesShown = 3;

function printDifferences(field: string, before: unknown, after: unknown): string[] {
  const places = leafDifferences(before, after, [field]);
  const shown = places.slice(0, differencesShown).map(printDifference);
  const more = places.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more in ${field}`] : shown;
}

/** Long texts that are cut off before they differ are not shown. */
function printDifference({ path, before, after }: LeafDifference): string {
  const [from, to] = [printValue(before), printValue(after)];
  return from === to ? `${pathText(path)} changed` : `${pathText(path)} ${from} → ${to}`;
}

function printValue(value: unknown): string {
  if (value === null) return 'none';
  if (value === undefined) return 'nothing';
  const text = maskPasswords(JSON.stringify(value));
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength - 1)}…` : text;
}

/** Our choice. */
const maxExtrasShown = 5;

function printExtras(extras: readonly Extra[]): string {
  const names = extras
    .slice(0, maxExtrasShown)
    .map(({ kind, name }) => `${nouns[kind]} ${JSON.stringify(name)}`);
  const all = extras.length > maxExtrasShown ? `${names.join(', ')}, …` : names.join(', ');
  return extras.length === 1
    ? `  The workspace has 1 item that is not in the file: ${all}. It is kept; --prune deletes it if nothing uses it.`
    : `  The workspace has ${extras.length} items that are not in the file: ${all}. They are kept; --prune deletes those that nothing uses.`;
}

type Path = readonly PropertyKey[];

/** A place at which two documents differ; undefined where one has nothing. */
interface LeafDifference {
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
}

/** The innermost places at which two JSON values differ. */
export function leafDifferences(before: unknown, after: unknown, path: Path = []): LeafDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, before, after }];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    leafDifferences(valueAt(before, key), valueAt(after, key), [
      ...path,
      Array.isArray(after) ? Number(key) : key,
    ]),
  );
}

type Container = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const valueAt = (container: Container, key: string) =>
  Object.hasOwn(container, key) ? container[key] : undefined;
