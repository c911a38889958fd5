import type { TranscriptLine } from './call-view';

/**
 * Our choice: a caller can wait for days, so that only the beginning and the end of a long conversation are kept. In
 * between, a line says how many are left out.
 */
const kept = { first: 100, last: 900 } as const;

/** What was said and done on a call. */
export class Transcript {
  readonly lines: TranscriptLine[] = [];
  /** All lines, including those that are left out. */
  count = 0;

  add(line: TranscriptLine): void {
    this.count += 1;
    this.lines.push(line);
    if (this.count > kept.first + kept.last + 1) this.leaveOut();
  }

  /** The line that says so takes the place of the last one that is left out. */
  private leaveOut(): void {
    const [, last] = this.lines.splice(kept.first, 2);
    const text = `(${this.count - kept.first - kept.last} lines are left out)`;
    if (last) this.lines.splice(kept.first, 0, { at: last.at, who: 'twilio', verb: 'goes on', text });
  }
}
