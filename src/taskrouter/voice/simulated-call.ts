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

/**
 * How a call to this worker goes: the attribute `simulated_call`, such as `{"outcome": "no-answer", "after": 3}`, over
 * what is usual. What cannot be read there counts as left out (our choice).
 */
export function simulatedCallFor(
  attributes: Readonly<Record<string, unknown>>,
  usual: SimulatedCall,
): SimulatedCall {
  const given = attributes.simulated_call;
  if (typeof given !== 'object' || given === null) return usual;
  const { outcome, after, talk } = given as Readonly<Record<string, unknown>>;
  return {
    outcome: outcomes.find((known) => known === outcome) ?? usual.outcome,
    after: isSeconds(after) ? after : usual.after,
    talk: isSeconds(talk) || talk === null ? talk : usual.talk,
  };
}

const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
