import { isDeepStrictEqual } from 'node:util';
import type { CallbackEntry } from './callback-log';

/** How the responses to two callbacks can differ. */
type Difference = 'status' | 'content_type' | 'body' | 'outcome' | 'error';

/** Compares the last responses. JSON is compared by value, not by its text. */
export function compareResponses(before: CallbackEntry, after: CallbackEntry): Difference[] {
  const differences = Object.entries(aspects).filter(
    ([, of]) => !isDeepStrictEqual(of(before), of(after)),
  ) as [Difference, unknown][];
  return differences.map(([name]) => name);
}

const responseOf = ({ attempts }: CallbackEntry) => attempts.at(-1)?.response;

const aspects: Readonly<Record<Difference, (entry: CallbackEntry) => unknown>> = {
  status: (entry) => responseOf(entry)?.status,
  content_type: (entry) => responseOf(entry)?.headers['content-type'],
  body: (entry) => parsedBody(responseOf(entry)?.body),
  outcome: (entry) => entry.outcome,
  error: ({ attempts }) => attempts.at(-1)?.error?.kind,
};

function parsedBody(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return body;
  }
}
