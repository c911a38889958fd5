import { type CallFailure, callFailures } from '../model/statuses';

/** How a simulated call goes. */
export interface SimulatedCall {
  readonly outcome: 'answered' | CallFailure;
  /** Seconds it rings before that; null: none, or for `no-answer` as long as the instruction lets it ring. */
  readonly after: number | null;
  /** Seconds between answer and end; null: it never ends. */
  readonly talk: number | null;
}

/** Our choice. */
export const usualCall: SimulatedCall = { outcome: 'answered', after: null, talk: null };

const outcomes: readonly SimulatedCall['outcome'][] = ['answered', ...callFailures];

/** What becomes of a call whose description cannot be read: it is noticed, where a call that goes well would not be. */
const impossible: SimulatedCall = { outcome: 'failed', after: null, talk: null };

/**
 * How a call to this worker goes: the attribute `simulated_call`, such as `{"outcome": "no-answer", "after": 3}`, over
 * what is usual. Our choice: where anything in it cannot be read, the call cannot be placed.
 */
export function simulatedCallFor(
  attributes: Readonly<Record<string, unknown>>,
  usual: SimulatedCall,
): SimulatedCall {
  const given = attributes.simulated_call ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) return impossible;
  const { outcome = usual.outcome, after = usual.after, talk = usual.talk, ...unknown } = given as Given;
  const known = outcomes.find((each) => each === outcome);
  if (!known || !isSecondsOrNull(after) || !isSecondsOrNull(talk)) return impossible;
  return Object.keys(unknown).length > 0 ? impossible : { outcome: known, after, talk };
}

type Given = Readonly<Record<string, unknown>>;

const isSecondsOrNull = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
