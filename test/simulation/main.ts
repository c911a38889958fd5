import { parseArgs } from 'node:util';
import { shrink } from './shrink';
import { type SimulationResult, type SimulationViolation, simulate } from './simulation';

// npm run simulate-faults -- [--seed N] [--steps M | --transitions M] [--only 3,17,99]

// The stacks of expected errors are never read, and cost a third of the time.
Error.stackTraceLimit = 0;

const defaultSteps = 20_000;

interface Flags {
  readonly seed: number;
  readonly steps: number;
  readonly transitions: number;
  /** The numbers of the steps to take; null for all. */
  readonly only: readonly number[] | null;
}

/** @throws Error that names the flag */
function readFlags(): Flags {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      steps: { type: 'string' },
      transitions: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const number = (name: 'seed' | 'steps' | 'transitions', otherwise: number) => {
    const text = values[name];
    if (text === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw new Error(`Invalid --${name} '${text}'. Use a whole number.`);
    return Number(text);
  };
  const transitions = number('transitions', Number.POSITIVE_INFINITY);
  return {
    seed: number('seed', Math.floor(Math.random() * 1_000_000)),
    steps: number('steps', Number.isFinite(transitions) ? Number.POSITIVE_INFINITY : defaultSteps),
    transitions,
    only: values.only?.split(',').map(Number) ?? null,
  };
}

async function main(): Promise<number> {
  const flags = readFlags();
  const { seed, only } = flags;
  const result = await run(flags);
  process.stdout.write(`${figures(seed, result)}\n`);
  if (!result.violation) return 0;
  process.stdout.write(`\n${result.violation.message}\n`);
  if (!only) await reportShrunk(seed, result.violation);
  return 1;
}

async function run({ seed, steps, transitions, only }: Flags): Promise<SimulationResult> {
  const progress = setInterval(() => process.stderr.write(`seed ${seed}: step ${latest}\n`), 5000);
  let latest = 0;
  let count = 0;
  function* wanted(): Generator<number> {
    for (let step = 0; step < steps && count < transitions; step++) yield step;
  }
  const onStep = (line: string, step: number, sofar: number) => {
    latest = step;
    count = sofar;
    if (only) process.stdout.write(`${line}\n`);
  };
  try {
    return await simulate({ seed, steps: only ?? wanted(), onStep });
  } finally {
    clearInterval(progress);
  }
}

function figures(seed: number, { steps, transitions, processes, counts, hash }: SimulationResult): string {
  const rows = Object.entries(counts).sort(([one], [other]) => one.localeCompare(other));
  return [
    `seed ${seed}: ${steps} steps, ${transitions} transitions, ${processes} processes, hash ${hash}`,
    ...rows.map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`),
  ].join('\n');
}

async function reportShrunk(seed: number, { step, kind }: SimulationViolation): Promise<void> {
  process.stdout.write('\nShrinking.\n');
  const all = Array.from({ length: step + 1 }, (_, index) => index);
  const kept = await shrink(all, async (steps) => (await simulate({ seed, steps })).violation?.kind === kind);
  const command = `npm run simulate-faults -- --seed ${seed} --only ${kept.join(',')}`;
  process.stdout.write(
    `${kept.length} of ${all.length} steps are enough. Run them again with:\n  ${command}\n`,
  );
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  },
);
