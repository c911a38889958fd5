/** Why a try may be repeated, in the words of the retry policy `rp`. */
export const retryReasons = ['4xx', '5xx', 'ct', 'rt'] as const;
export type RetryReason = (typeof retryReasons)[number];

/** How one callback URL is to be called. */
export interface ConnectionSettings {
  readonly connectMs: number;
  /** Longest silence: until the answer begins, and between its parts. */
  readonly readMs: number;
  /** For all tries together. */
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
 * Reads the connection overrides in a URL's fragment, such as `#ct=2000&rc=3&rp=all`. What is missing, malformed or
 * out of range takes its default (our choice: a bad value is ignored, never an error). `sni` and `e` (edge) mean
 * nothing here. No time is longer than `mostMilliseconds`, the limit of the callback's kind.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function connectionOverrides(url: string, maxMs: number): ConnectionSettings {
  const given = new URLSearchParams(/#(.*)$/s.exec(url)?.[1] ?? '');
  const most = (name: 'ct' | 'rt' | 'tt') => Math.min(integer(given, name), maxMs);
  return {
    connectMs: most('ct'),
    readMs: most('rt'),
    totalMs: most('tt'),
    retryCount: integer(given, 'rc'),
    retryOn: retryPolicy(given.get('rp')),
  };
}

function integer(given: URLSearchParams, name: keyof typeof ranges): number {
  const { default: usual, min, max } = ranges[name];
  const text = given.get(name) ?? '';
  const value = /^\d{1,6}$/.test(text) ? Number(text) : usual;
  return value >= min && value <= max ? value : usual;
}

/** Our choice for assignment callbacks as well: one more try, when the connection failed. */
function retryPolicy(text: string | null): readonly RetryReason[] {
  const named = (text ?? '').split(',').map((reason) => reason.trim());
  if (named.includes('all')) return retryReasons;
  const known = retryReasons.filter((reason) => named.includes(reason));
  return known.length ? known : ['ct'];
}
