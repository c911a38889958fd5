import type { HostLog } from '../shared/log';

/** Our choice: a Function that logs more lines is in a loop. */
const maxLinesPerSecond = 1000;

/** How many lines the Functions may log: 1,000 in each second. It reports how many were dropped when the second ends. */
export class LineAllowance {
  /** The lines that were dropped so far. */
  droppedLines = 0;
  private taken = 0;
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: HostLog) {}

  /** Whether one more line may be logged. */
  take(): boolean {
    this.timer ??= setTimeout(() => this.end(), 1000).unref();
    if (this.taken < maxLinesPerSecond) {
      this.taken++;
      return true;
    }
    this.dropped++;
    this.droppedLines++;
    return false;
  }

  /** Ends the present second. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { dropped } = this;
    this.taken = 0;
    this.dropped = 0;
    if (dropped > 0) this.log({ level: 'warn', message: droppedText(dropped) });
  }
}

const droppedText = (lines: number) =>
  `${lines} ${lines === 1 ? 'line' : 'lines'} dropped, because Functions logged more than ${maxLinesPerSecond} lines in a second`;
