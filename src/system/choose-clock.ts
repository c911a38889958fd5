import { durationText } from '../common/duration-text';
import type { Clock } from './clock';
import { ConfigurationError } from './config';
import { minJumpMs } from './jump-detector';
import { forgetKeptTime, keepTime, readKeptTime } from './kept-time';
import { SystemClock } from './system-clock';
import { type ClockState, VirtualClock } from './virtual-clock';

export type ClockMode = 'system' | 'virtual';

interface ClockChoice {
  readonly mode: ClockMode;
  /** Null: nothing is saved, and a virtual clock starts at the current time. */
  readonly dataDirectory: string | null;
  /** The last time of the stored state, in Unix milliseconds; null if there is none. */
  readonly lastTime: number | null;
  /** The state is about to be deleted, so time may go back to the present. */
  readonly mayGoBack: boolean;
  /** Resolves when everything that a step of the clock caused has finished. */
  readonly settled: () => Promise<void>;
  /** Gets a sentence about each jump of this computer's clock, and about a state that is ahead of it. */
  readonly warn: (message: string) => void;
}

/**
 * The clock of a run. For stored state, time never goes back: every clock continues from the stored time.
 * @throws ConfigurationError if the system's clock is chosen, but the time of a virtual clock is ahead of it
 */
export function chooseClock(choice: ClockChoice): Clock {
  const present = Date.now();
  const { dataDirectory, mayGoBack } = choice;
  const kept = dataDirectory && !mayGoBack ? readKeptTime(dataDirectory, present) : null;
  return choice.mode === 'system' ? presentClock(choice, kept, present) : virtualClock(choice, kept, present);
}

function presentClock(
  { dataDirectory, mayGoBack, lastTime, warn }: ClockChoice,
  kept: ClockState | null,
  present: number,
): Clock {
  if (kept && kept.time > present) throw ahead(kept.time);
  // The system's clock determines the time of the state from now on.
  if (dataDirectory && !mayGoBack) forgetKeptTime(dataDirectory);
  if (mayGoBack || lastTime === null) return new SystemClock({ onJump: (byMs) => warn(jumpText(byMs)) });
  if (lastTime - present >= minJumpMs) warn(continuesText(lastTime - present));
  return new SystemClock({ lastTime, onJump: (byMs) => warn(jumpText(byMs)) });
}

function virtualClock(
  { dataDirectory, mayGoBack, lastTime, settled }: ClockChoice,
  kept: ClockState | null,
  present: number,
): Clock {
  const keep = (state: ClockState) => {
    if (dataDirectory) keepTime(dataDirectory, state, Date.now());
  };
  const { time, running } = kept ?? { time: present, running: false };
  // The time of a clock that was running is computed from the wall clock, which may have gone back.
  const state = { time: mayGoBack ? time : Math.max(time, lastTime ?? 0), running };
  const clock = new VirtualClock(state.time, settled, keep);
  keep(state);
  if (running) void clock.run();
  return clock;
}

function jumpText(byMs: number): string {
  const amount = durationText(Math.abs(byMs));
  return byMs > 0
    ? `This computer's clock went forward by ${amount}, or the computer slept. Everything that became due runs now.`
    : `This computer's clock went back by ${amount}. The local TaskRouter's time goes on as before.`;
}

const continuesText = (aheadMs: number) =>
  `The stored state is ${durationText(aheadMs)} ahead of this computer's clock, which went back. Time continues from there.`;

const ahead = (time: number) =>
  new ConfigurationError([
    `The saved state is from ${new Date(time).toISOString()}, ahead of this computer's clock, because a virtual clock was ` +
      'advanced. Continue with --clock virtual, or reset the state with "npx taskrouter reset" (and the same --data).',
  ]);
