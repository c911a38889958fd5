import { fail, progressMs, randomSeed, readTexts, wholeNumber } from '../support/tool';
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

/** @throws BadFlags that names the flag */
function readFlags(): Flags {
  const texts = readTexts(process.argv.slice(2), ['seed', 'steps', 'transitions', 'only']);
  const unlimited = Number.POSITIVE_INFINITY;
  return {
    seed: wholeNumber('seed', texts.seed, randomSeed()),
    steps: wholeNumber('steps', texts.steps, texts.transitions === undefined ? defaultSteps : unlimited),
    transitions: wholeNumber('transitions', texts.transitions, unlimited),
    only: texts.only?.split(',').map((step) => wholeNumber('only', step, 0)) ?? null,
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
  const progress = setInterval(() => process.stderr.write(`seed ${seed}: step ${latest}\n`), progressMs);
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

main().then((code) => {
  process.exitCode = code;
}, fail);
