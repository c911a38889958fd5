import type { DeployTime } from '../poll-until';

/** One thing that a proof made sure of, or found wanting. */
export interface ProofCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** What was seen, or what is wrong. */
  readonly detail: string;
}

/** Runs the checks of a proof one after the other and keeps what each found. */
export class Checks {
  readonly done: ProofCheck[] = [];

  constructor(
    private readonly time: DeployTime,
    private readonly onCheck: (check: ProofCheck) => void,
  ) {}

  /** Rejects as `look` does, once that is on record. */
  async run<Seen>(name: string, look: () => Promise<Seen>, describe: (seen: Seen) => string): Promise<Seen> {
    const started = this.time.now();
    const record = (passed: boolean, detail: string) => {
      const check = { name, passed, seconds: (this.time.now() - started) / 1000, detail };
      this.done.push(check);
      this.onCheck(check);
    };
    try {
      const seen = await look();
      record(true, describe(seen));
      return seen;
    } catch (error) {
      record(false, (error as Error).message);
      throw error;
    }
  }
}
