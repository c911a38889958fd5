/** How a deployment tells what it does, while it does it. */
export interface Progress {
  /** The next stage begins. */
  stage(title: string): void;
  /** Something of the stage that runs. */
  say(line: string): void;
  /** What somebody should look at. */
  warn(line: string): void;
}
