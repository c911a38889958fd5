import type { FuzzCase, FuzzRequest } from './request';

/** Cases that are a little smaller, in the order in which to try them. */
export function* smallerCases({ requests, damage }: FuzzCase): Generator<FuzzCase> {
  if (damage) yield { requests, damage: null };
  for (let at = 0; at < requests.length; at += 1) {
    if (requests.length > 1) yield { requests: requests.toSpliced(at, 1), damage };
    for (const smaller of smallerRequests(requests[at] as FuzzRequest))
      yield { requests: requests.with(at, smaller), damage };
  }
}

function* smallerRequests(request: FuzzRequest): Generator<FuzzRequest> {
  if (request.body !== null) yield { ...request, body: null };
  for (const query of smallerPairs(request.query)) yield { ...request, query };
  for (const headers of smallerPairs(request.headers)) yield { ...request, headers };
  if (typeof request.body === 'string')
    for (const body of smallerTexts(request.body)) yield { ...request, body };
  else for (const body of smallerPairs(request.body ?? [])) yield { ...request, body };
}

type Pairs = readonly (readonly [string, string])[];

function* smallerPairs(pairs: Pairs): Generator<Pairs> {
  for (let at = 0; at < pairs.length; at += 1) yield pairs.toSpliced(at, 1);
  for (const [at, [name, value]] of pairs.entries())
    for (const smaller of smallerTexts(value)) yield pairs.with(at, [name, smaller]);
}

function* smallerTexts(text: string): Generator<string> {
  if (text.length < 2) return;
  yield text.slice(0, text.length / 2);
  yield text.slice(text.length / 2);
}

/** The smallest case that is found by making `found` smaller as long as `isStillFound`. */
export async function smallest(
  found: FuzzCase,
  isStillFound: (smaller: FuzzCase) => Promise<boolean>,
): Promise<FuzzCase> {
  let best = found;
  let attempts = 0;
  for (let candidates = smallerCases(best); attempts < maxAttempts; attempts += 1) {
    const { value: candidate } = candidates.next();
    if (!candidate) break;
    if (!(await isStillFound(candidate))) continue;
    best = candidate;
    candidates = smallerCases(best);
  }
  return best;
}

const maxAttempts = 200;
