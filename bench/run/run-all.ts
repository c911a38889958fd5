import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Figure, Measure } from '../measure';
import type { BenchArguments } from './arguments';
import { inOwnProcess } from './measure-process';
import { Progress } from './progress';

export interface MeasureResult {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** Why it has no figures. */
  readonly error: string | null;
  readonly seconds: number;
}

/** Runs one measure after the other. A measure that fails does not stop the rest. */
export async function runAll(
  measures: readonly Measure[],
  { quick, seed, openapi }: BenchArguments,
): Promise<readonly MeasureResult[]> {
  const progress = new Progress(process.stderr, measures.length);
  const scratch = temporaryFolder();
  const results: MeasureResult[] = [];
  for (const { name } of measures) {
    progress.begin(name);
    const options = { quick, seed, scratch, openapi: openapi === null ? null : resolve(openapi) };
    results.push(
      await runOne(name, () => inOwnProcess(name, { ...options, progress: (text) => progress.say(text) })),
    );
  }
  progress.end();
  return results;
}

/** Deleted when the process ends, also when it is interrupted. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'taskrouter-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  return folder;
}

async function runOne(name: string, run: () => Promise<readonly Figure[]>): Promise<MeasureResult> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  try {
    return { name, figures: await run(), error: null, seconds: seconds() };
  } catch (error) {
    return { name, figures: [], error: (error as Error).message, seconds: seconds() };
  }
}

export const isComplete = (results: readonly MeasureResult[]): boolean =>
  results.every(({ error }) => error === null);
