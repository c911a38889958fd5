import { isDeepStrictEqual } from 'node:util';
import type { CallbackEntry } from './callback-log';

/** Where two callbacks were answered differently. */
export type Difference = 'status' | 'content_type' | 'body' | 'outcome' | 'error';

/** What was answered last counts; JSON is compared by what it says, not by how it is written. */
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
  body: (entry) => meaningOf(responseOf(entry)?.body),
  outcome: (entry) => entry.outcome,
  error: ({ attempts }) => attempts.at(-1)?.error?.kind,
};

function meaningOf(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return body;
  }
}
