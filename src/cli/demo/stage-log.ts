import { setTimeout as pause } from 'node:timers/promises';
import { UnmetExpectation } from '../errors';
import type { Reporter } from '../reporter';

/** A stage that was reached. */
export interface Stage {
  readonly name: string;
  /** The sids involved. */
  readonly detail: string;
  /** Time since the beginning. */
  readonly milliseconds: number;
}

/** The longest wait for a stage, which usually takes a few milliseconds. */
export const stageTimeoutMs = 10_000;

/** Shows each stage that is reached, and fails if one is not. */
export class StageLog {
  readonly stages: Stage[] = [];
  private readonly started = performance.now();

  constructor(private readonly reporter: Reporter) {}

  heading(text: string): void {
    this.reporter.say(`\n${this.reporter.colors.bold(text)}`);
  }

  /** Shows a line that is no stage. */
  show(line: string): void {
    this.reporter.say(`  ${line}`);
  }

  /** Records and shows a stage that was reached. */
  reached(name: string, detail: string): void {
    const milliseconds = Math.round(performance.now() - this.started);
    this.stages.push({ name, detail, milliseconds });
    const seconds = (milliseconds / 1000).toFixed(3).padStart(7);
    const { dim, green } = this.reporter.colors;
    this.reporter.say(`${dim(`${seconds} s`)}  ${green('✓')} ${name.padEnd(34)} ${detail}`);
  }

  /** @throws UnmetExpectation */
  expect(what: string, value: unknown, wanted: unknown): void {
    if (value !== wanted) throw new UnmetExpectation(`${what} is ${value}, but should be ${wanted}.`);
  }

  /** Waits for a stage. @throws UnmetExpectation */
  async until(stage: string, isReached: () => boolean): Promise<void> {
    const end = performance.now() + stageTimeoutMs;
    while (!isReached()) {
      if (performance.now() > end)
        throw new UnmetExpectation(`The stage "${stage}" was not reached within ${stageTimeoutMs / 1000} s.`);
      await pause(5);
    }
  }
}
