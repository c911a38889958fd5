import { Engine } from '../taskrouter/engine/engine';
import type { Rows } from '../taskrouter/store/store';
import type { InferredStep } from './infer-step';

/** A workspace of an account as REST shows it, as the rows of an engine. */
export interface AccountState {
  readonly accountSid: string;
  readonly workspaceSid: string;
  /** Unfinished tasks, and all reservations of those that are not pending or have just changed. There are no callbacks and no calls. */
  readonly rows: Rows;
  /** The last sequence that a row has. */
  readonly sequence: number;
  /** When it was read; Unix milliseconds. */
  readonly now: number;
  /** Where REST does not show the position of a task in its workflow, how certain it is; by sid. */
  readonly steps: ReadonlyMap<string, InferredStep>;
  /** Sids of the workers of whom it is certain since when they are idle. */
  readonly knownIdle: ReadonlySet<string>;
  /** What was left out, in sentences: expressions and configurations that the engine cannot read. */
  readonly notes: readonly string[];
}

/** An engine with that state. It is only asked: nothing passes on the account when a command is carried out in it. */
export function engineOf({ accountSid, rows, sequence, now }: AccountState): Engine {
  const newSid = () => {
    throw new Error('This engine explains an account. It creates nothing.');
  };
  const engine = new Engine({ accountSid, newSid });
  engine.load(rows, sequence, now);
  return engine;
}
