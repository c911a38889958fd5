import { readFileSync, writeFileSync } from 'node:fs';
import type { BenchArguments } from '../run/arguments';
import { isComplete, type MeasureResult } from '../run/run-all';
import { isMet } from './goals';
import { machineText, thisMachine } from './machine';
import { betweenMarkers, markdownTable, plainTable, tables } from './table';

const document = 'docs/performance.md';

/**
 * Prints the tables, the machine, and what failed; and puts the tables into the document if that is asked for and nothing
 * failed.
 */
export function print(results: readonly MeasureResult[], { format, write, quick }: BenchArguments): void {
  const machine = thisMachine();
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const about = `${machineText(machine)}, ${quick ? 'quick, ' : ''}in ${Math.round(seconds)} s`;
  const { withGoal, others } = tables(results.flatMap(({ figures }) => figures));
  const markdown = text([markdownTable(withGoal), markdownTable(others), about]);
  if (format === 'json')
    process.stdout.write(`${JSON.stringify({ machine, quick, results: graded(results) }, null, 2)}\n`);
  if (format === 'markdown') process.stdout.write(markdown);
  if (format === 'table') process.stdout.write(text([plainTable(withGoal), plainTable(others), about]));
  for (const { name, error } of results)
    if (error !== null) process.stderr.write(`${name} failed: ${error}\n`);
  if (write && isComplete(results))
    writeFileSync(document, betweenMarkers(readFileSync(document, 'utf8'), markdown));
}

/** Separated by empty lines. */
const text = (parts: readonly string[]) => `${parts.filter((part) => part !== '').join('\n\n')}\n`;

const graded = (results: readonly MeasureResult[]) =>
  results.map((result) => ({
    ...result,
    figures: result.figures.map((figure) => ({ ...figure, met: isMet(figure) })),
  }));
