import type { DeployTime } from '../poll-until';

/** A check found that the deployed Functions do not work. */
export class ProofFailed extends Error {
  override readonly name = 'ProofFailed';

  constructor(
    message: string,
    /** The likely cause and what to do, in one or two sentences. */
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** The result of one check. */
export interface ProofCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** What was found, or what is wrong. */
  readonly detail: string;
}

/** One line for people. */
export function describeCheck({ name, passed, seconds, detail }: ProofCheck): string {
  return `${passed ? '✓' : '✗'} ${name.padEnd(44)} ${seconds.toFixed(1).padStart(5)} s  ${detail}`;
}

/** Runs the checks of a proof one after another and keeps their results. */
export class Checks {
  readonly done: ProofCheck[] = [];

  constructor(
    private readonly time: DeployTime,
    private readonly onCheck: (check: ProofCheck) => void,
  ) {}

  /** Records the result. @throws what `check` throws */
  async run<Result>(
    name: string,
    check: () => Promise<Result>,
    describe: (result: Result) => string,
  ): Promise<Result> {
    const started = this.time.now();
    const record = (passed: boolean, detail: string) => {
      const done = { name, passed, seconds: (this.time.now() - started) / 1000, detail };
      this.done.push(done);
      this.onCheck(done);
    };
    try {
      const result = await check();
      record(true, describe(result));
      return result;
    } catch (error) {
      record(false, (error as Error).message);
      throw error;
    }
  }
}
