import type { Figure } from '../measure';
import { amount, goalText, isMet } from './goals';

/** The cells of a figure. */
export type Row = Readonly<Record<Column, string>>;

type Column = 'measure' | 'goal' | 'figure' | 'ratio' | 'reached';

const headings: Row = {
  measure: 'Measure',
  goal: 'Goal',
  figure: 'Figure',
  ratio: 'Ratio',
  reached: 'Reached',
};

/** The rows of the figures that have a goal, and those of the others, which explain them. */
export function tables(figures: readonly Figure[]): Readonly<Record<'withGoal' | 'others', readonly Row[]>> {
  const hasGoal = ({ goals }: Figure) => goals.length > 0;
  return {
    withGoal: figures.filter(hasGoal).map(rowOf),
    others: figures.filter((figure) => !hasGoal(figure)).map(rowOf),
  };
}

function rowOf(figure: Figure): Row {
  const met = isMet(figure);
  return {
    measure: figure.label,
    goal: goalText(figure),
    figure: figureText(figure),
    ratio: figure.ratio ? `${amount(figure.ratio.value, 'x')} ${figure.ratio.to}` : '',
    reached: met === null ? '' : met ? 'yes' : 'no',
  };
}

function figureText({ value, unit, percentiles, note }: Figure): string {
  if (value === null) return `not measured: ${note ?? 'no reason given'}`;
  const numbers = percentiles
    ? `p50 ${amount(percentiles.p50, unit)}, p99 ${amount(percentiles.p99, unit)}, max ${amount(percentiles.max, unit)}`
    : amount(value, unit);
  return note === undefined ? numbers : `${numbers} (${note})`;
}

/** Columns as wide as their widest cell, without those that are empty. No rows are no text. */
export function plainTable(rows: readonly Row[]): string {
  const columns = used(rows);
  const width = (column: Column) => Math.max(...[headings, ...rows].map((row) => row[column].length));
  const widths = columns.map(width);
  const line = (row: Row) =>
    columns
      .map((column, at) => row[column].padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  if (rows.length === 0) return '';
  return [line(headings), widths.map((each) => '-'.repeat(each)).join('  '), ...rows.map(line)].join('\n');
}

export function markdownTable(rows: readonly Row[]): string {
  const columns = used(rows);
  const line = (row: Row) => `| ${columns.map((column) => row[column].replaceAll('|', '\\|')).join(' | ')} |`;
  if (rows.length === 0) return '';
  return [line(headings), `|${'---|'.repeat(columns.length)}`, ...rows.map(line)].join('\n');
}

const used = (rows: readonly Row[]) =>
  (Object.keys(headings) as Column[]).filter((column) => rows.some((row) => row[column] !== ''));

const begin = '<!-- npm run bench -- --write: begin -->';
const end = '<!-- npm run bench -- --write: end -->';

/** The document with new text between its markers. @throws Error if it has no markers */
export function betweenMarkers(document: string, text: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document has no lines '${begin}' and '${end}'.`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n${document.slice(to)}`;
}
