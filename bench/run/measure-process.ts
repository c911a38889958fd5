import { fork } from 'node:child_process';
import type { Figure, Measure, MeasureOptions } from '../measure';

/** The first argument of a process that runs one measure. */
export const measureFlag = '--measure';

type PlainOptions = Omit<MeasureOptions, 'progress'>;

/** What the process of a measure says. */
type Message =
  | { readonly type: 'progress'; readonly text: string }
  | { readonly type: 'figures'; readonly figures: readonly Figure[] }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Runs a measure in a process of its own, so that none inherits the heap or the compiled code of another, and so that the
 * load generator does nothing else.
 * @throws Error if it failed, or ended without figures
 */
export async function inOwnProcess(name: string, options: MeasureOptions): Promise<readonly Figure[]> {
  const { progress, ...plain } = options;
  const child = fork(__filename, [measureFlag, name, JSON.stringify(plain)], { execArgv: ['--expose-gc'] });
  return new Promise((resolve, reject) => {
    child.on('message', (message: Message) => {
      if (message.type === 'progress') progress(message.text);
      if (message.type === 'figures') resolve(message.figures);
      if (message.type === 'failed') reject(new Error(message.message));
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => reject(new Error(`${name} ended without figures: ${signal ?? code}`)));
  });
}

/** In the process of a measure: runs it and reports to the parent. Ends with the parent. */
export async function runMeasure(measures: readonly Measure[], name: string, options: string): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  const measure = measures.find((each) => each.name === name);
  if (!measure) throw new Error(`No measure ${name}`);
  const plain = JSON.parse(options) as PlainOptions;
  await report(
    await outcome(measure, { ...plain, progress: (text) => void report({ type: 'progress', text }) }),
  );
  process.exit();
}

async function outcome(measure: Measure, options: MeasureOptions): Promise<Message> {
  try {
    return { type: 'figures', figures: await measure.run(options) };
  } catch (error) {
    return {
      type: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function report(message: Message): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}
