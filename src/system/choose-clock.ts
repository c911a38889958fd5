import { type Clock, systemClock } from './clock';
import { ConfigurationError } from './config';
import { forgetKeptTime, keepTime, readKeptTime } from './kept-time';
import { type ClockState, VirtualClock } from './virtual-clock';

export type ClockMode = 'system' | 'virtual';

export interface ClockChoice {
  readonly mode: ClockMode;
  /** Null: nothing is kept, and a virtual clock begins at the present. */
  readonly dataDirectory: string | null;
  /** The state is about to be forgotten, so time may go back to the present. */
  readonly mayGoBack: boolean;
  /** Resolves when everything that a step of the clock set off has been dealt with. */
  readonly settled: () => Promise<void>;
}

/**
 * The clock of a run. Stored state never sees time go back: a virtual clock goes on where it was, whatever the time is
 * now; and where it has run ahead, the system's clock is refused.
 * @throws ConfigurationError
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
  // From now on it is this clock that has moved the state on.
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
    `The state kept there is of ${new Date(time).toISOString()}, ahead of this computer's clock, because a virtual clock ` +
      'was advanced. Go on with --clock virtual, or bring it back to the present with "npx taskrouter reset" (and the same --data).',
  ]);
