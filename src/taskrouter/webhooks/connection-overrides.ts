import { remembering } from '../../common/remembering';

/** The reasons for a retry, in the words of the retry policy `rp`. */
const retryReasons = ['4xx', '5xx', 'ct', 'rt'] as const;
export type RetryReason = (typeof retryReasons)[number];

/** The time limits and retries of one callback URL. */
export interface ConnectionSettings {
  readonly connectMs: number;
  /** The maximum pause before the response starts and between its parts. */
  readonly readMs: number;
  /** For all attempts together. */
  readonly totalMs: number;
  readonly retryCount: number;
  readonly retryOn: readonly RetryReason[];
}

const ranges = {
  ct: { default: 5000, min: 100, max: 10_000 },
  rt: { default: 15_000, min: 100, max: 15_000 },
  tt: { default: 15_000, min: 100, max: 15_000 },
  rc: { default: 1, min: 0, max: 5 },
} as const;

/**
 * Reads the connection overrides in a URL's fragment, such as `#ct=2000&rc=3&rp=all`. A missing, malformed, or out-of-range
 * value gets its default (our choice: never an error). `sni` and `e` (edge) have no effect.
 * @param maxMs the limit of the callback's kind, which no time exceeds
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function connectionOverrides(url: string, maxMs: number): ConnectionSettings {
  const { connectMs, readMs, totalMs, retryCount, retryOn } = overridesIn(url);
  return {
    connectMs: Math.min(connectMs, maxMs),
    readMs: Math.min(readMs, maxMs),
    totalMs: Math.min(totalMs, maxMs),
    retryCount,
    retryOn,
  };
}

const overridesIn = remembering((url: string): ConnectionSettings => {
  const given = new URLSearchParams(/#(.*)$/s.exec(url)?.[1] ?? '');
  return {
    connectMs: integer(given, 'ct'),
    readMs: integer(given, 'rt'),
    totalMs: integer(given, 'tt'),
    retryCount: integer(given, 'rc'),
    retryOn: retryPolicy(given.get('rp')),
  };
});

function integer(given: URLSearchParams, name: keyof typeof ranges): number {
  const { default: defaultValue, min, max } = ranges[name];
  const text = given.get(name) ?? '';
  const value = /^\d{1,6}$/.test(text) ? Number(text) : defaultValue;
  return value >= min && value <= max ? value : defaultValue;
}

/** Our choice for assignment callbacks, too: one retry if the connection failed. */
function retryPolicy(text: string | null): readonly RetryReason[] {
  const named = (text ?? '').split(',').map((reason) => reason.trim());
  if (named.includes('all')) return retryReasons;
  const known = retryReasons.filter((reason) => named.includes(reason));
  return known.length ? known : ['ct'];
}
