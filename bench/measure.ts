/** What a measure is told. */
export interface MeasureOptions {
  /** Fewer rounds and requests, so that all measures together take less than two minutes. */
  readonly quick: boolean;
  /** Of whatever is random in the measure, so that two runs do the same work. */
  readonly seed: number;
  /** Twilio's OpenAPI description of TaskRouter, for the comparison with Prism; null skips it. */
  readonly openapi: string | null;
  /** A folder that the measures of a run share. It is deleted after the last one. */
  readonly scratch: string;
  /** Says what is being measured, for a person who waits. */
  progress(text: string): void;
}

/**
 * One file per measure: `npm run bench -- --only NAME` runs it alone. It runs in its own process, which is also the load
 * generator; the service and what it is compared with are processes of their own.
 */
export interface Measure {
  /** In kebab-case, like the file. */
  readonly name: string;
  /** What is measured, in one sentence, for `--help`. */
  readonly about: string;
  /** @throws Error if something could not be measured, or if the state that it left contradicts itself */
  run(options: MeasureOptions): Promise<readonly Figure[]>;
}

/** `x` is a ratio. */
export type Unit = '/s' | 'ms' | 's' | 'kB' | 'x';

/** A row of the table: plain data, which passes between processes and is printed by `--json`. */
export interface Figure {
  readonly label: string;
  readonly unit: Unit;
  /** The median of the rounds; null if it was not measured, and `note` says why. */
  readonly value: number | null;
  /** Compared with `to`, measured in the same run: the median of the ratios of the rounds. */
  readonly ratio?: Ratio;
  /** Of every single request, in `unit`. */
  readonly percentiles?: Percentiles;
  /** All must hold. Empty for a figure that only explains another. */
  readonly goals: readonly Goal[];
  readonly note?: string;
}

export interface Ratio {
  /** What it is compared with, such as `the floor`. */
  readonly to: string;
  readonly value: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** A limit for one number of a figure. */
export interface Goal {
  readonly of: 'value' | 'ratio' | keyof Percentiles;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What would be better still. It decides nothing. */
  readonly stretch?: number;
}
