import { readFileSync, writeFileSync } from 'node:fs';
import type { BenchArguments } from '../run/arguments';
import type { MeasureResult } from '../run/run-all';
import { isMet } from './goals';
import { machineText, thisMachine } from './machine';
import { betweenMarkers, markdownTable, plainTable, type Row, rowsOf } from './table';

const document = 'docs/performance.md';

/** Prints the table, the machine, and what failed; and puts them into the document if that is asked for. */
export function print(results: readonly MeasureResult[], { format, write, quick }: BenchArguments): void {
  const machine = thisMachine();
  const about = `${machineText(machine)}${quick ? ', quick' : ''}`;
  const rows = results.flatMap(({ figures }) => rowsOf(figures));
  if (format === 'json')
    process.stdout.write(`${JSON.stringify({ machine, quick, results: graded(results) }, null, 2)}\n`);
  if (format === 'markdown') process.stdout.write(markdown(rows, about));
  if (format === 'table') process.stdout.write(`${plainTable(rows)}\n\n${about}\n`);
  if (write) writeFileSync(document, betweenMarkers(readFileSync(document, 'utf8'), markdown(rows, about)));
  for (const { name, error } of results)
    if (error !== null) process.stderr.write(`${name} failed: ${error}\n`);
}

const markdown = (rows: readonly Row[], about: string) => `${markdownTable(rows)}\n\n${about}\n`;

const graded = (results: readonly MeasureResult[]) =>
  results.map((result) => ({
    ...result,
    figures: result.figures.map((figure) => ({ ...figure, met: isMet(figure) })),
  }));
