/** Our choice: the wall clock may be adjusted by less without a word. In ms. */
export const minJumpMs = 1000;
/** Our choice: how many jumps are reported in a time; after that, the sum of those that follow. In ms. */
const maxReports = 5;
const reportPeriodMs = 300_000;

/** Notices that the wall clock moved against the monotonic clock: it was set, or the computer slept. */
export class JumpDetector {
  private offset: number;
  private unreported = 0;
  /** When the last jumps were reported, by monotonic time. */
  private reports: number[] = [];

  /**
   * @param wall Unix milliseconds
   * @param monotonic milliseconds since some moment
   * @param onJump gets milliseconds, negative when the clock went back
   */
  constructor(
    wall: number,
    monotonic: number,
    private readonly onJump: (byMs: number) => void,
  ) {
    this.offset = wall - monotonic;
  }

  observe(wall: number, monotonic: number): void {
    const offset = wall - monotonic;
    const change = offset - this.offset;
    this.offset = offset;
    // A clock that is adjusted slowly changes by less from one check to the next.
    if (Math.abs(change) >= minJumpMs) this.unreported += change;
    if (Math.abs(this.unreported) >= minJumpMs && this.mayReport(monotonic)) this.report(monotonic);
  }

  private mayReport(monotonic: number): boolean {
    this.reports = this.reports.filter((at) => at > monotonic - reportPeriodMs);
    return this.reports.length < maxReports;
  }

  private report(monotonic: number): void {
    const jump = Math.round(this.unreported);
    this.unreported = 0;
    this.reports.push(monotonic);
    this.onJump(jump);
  }
}
