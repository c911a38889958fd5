import { type CallFailure, callFailures } from '../../model/statuses';

/** The course of a simulated call. */
export interface SimulatedCall {
  readonly outcome: 'answered' | CallFailure;
  /** Seconds of ringing before the outcome; null: none, or for `no-answer` as long as the instruction allows. */
  readonly after: number | null;
  /** Seconds between answer and end; null: the call never ends. */
  readonly talk: number | null;
  /** The keys that the worker presses, as soon as TwiML asks for them; none by default. */
  readonly digits?: string | undefined;
}

/** Our choice. */
export const usualCall: SimulatedCall = { outcome: 'answered', after: null, talk: null };

const outcomes: readonly SimulatedCall['outcome'][] = ['answered', ...callFailures];

/** The call if the attribute is invalid: it fails, so that the mistake is noticed. */
const impossible: SimulatedCall = { outcome: 'failed', after: null, talk: null };

/**
 * The simulated call to a worker: the attribute `simulated_call`, such as `{"outcome": "no-answer", "after": 3}`, over
 * the usual values. Our choice: if any value in it is invalid, the call cannot be placed.
 */
export function simulatedCallFor(
  attributes: Readonly<Record<string, unknown>>,
  usual: SimulatedCall,
): SimulatedCall {
  const given = attributes.simulated_call ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) return impossible;
  const {
    outcome = usual.outcome,
    after = usual.after,
    talk = usual.talk,
    digits,
    ...unknown
  } = given as Given;
  const known = outcomes.find((each) => each === outcome);
  if (!known || !isSecondsOrNull(after) || !isSecondsOrNull(talk)) return impossible;
  if (digits !== undefined && !isKeys(digits)) return impossible;
  return Object.keys(unknown).length > 0 ? impossible : { outcome: known, after, talk, digits };
}

type Given = Readonly<Record<string, unknown>>;

const isSecondsOrNull = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0);

const isKeys = (value: unknown): value is string => typeof value === 'string' && /^[0-9*#]+$/.test(value);
