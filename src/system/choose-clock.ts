import { type Clock, systemClock } from './clock';
import { ConfigurationError } from './config';
import { forgetKeptTime, keepTime, readKeptTime } from './kept-time';
import { type ClockState, VirtualClock } from './virtual-clock';

export type ClockMode = 'system' | 'virtual';

export interface ClockChoice {
  readonly mode: ClockMode;
  /** Null: nothing is saved, and a virtual clock starts at the current time. */
  readonly dataDirectory: string | null;
  /** The state is about to be deleted, so time may go back to the present. */
  readonly mayGoBack: boolean;
  /** Resolves when everything that a step of the clock caused has finished. */
  readonly settled: () => Promise<void>;
}

/**
 * The clock of a run. For stored state, time never goes back: a virtual clock continues from its saved time.
 * @throws ConfigurationError if the system's clock is chosen, but the saved time is ahead of it
 */
export function chooseClock(choice: ClockChoice): Clock {
  const present = Date.now();
  const { dataDirectory, mayGoBack } = choice;
  const kept = dataDirectory && !mayGoBack ? readKeptTime(dataDirectory, present) : null;
  return choice.mode === 'system' ? presentClock(choice, kept, present) : virtualClock(choice, kept, present);
}

function presentClock(
  { dataDirectory, mayGoBack }: ClockChoice,
  kept: ClockState | null,
  present: number,
): Clock {
  if (kept && kept.time > present) throw ahead(kept.time);
  // The system's clock determines the time of the state from now on.
  if (dataDirectory && !mayGoBack) forgetKeptTime(dataDirectory);
  return systemClock;
}

function virtualClock(
  { dataDirectory, settled }: ClockChoice,
  kept: ClockState | null,
  present: number,
): Clock {
  const keep = (state: ClockState) => {
    if (dataDirectory) keepTime(dataDirectory, state, Date.now());
  };
  const state = kept ?? { time: present, running: false };
  const clock = new VirtualClock(state.time, settled, keep);
  keep(state);
  if (state.running) void clock.run();
  return clock;
}

const ahead = (time: number) =>
  new ConfigurationError([
    `The saved state is from ${new Date(time).toISOString()}, ahead of this computer's clock, because a virtual clock was ` +
      'advanced. Continue with --clock virtual, or reset the state with "npx taskrouter reset" (and the same --data).',
  ]);
