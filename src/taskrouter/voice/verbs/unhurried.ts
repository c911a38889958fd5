import type { Clock } from '../../../system/clock';
import type { Executors } from '../twiml/flow';
import { redirect } from './redirect';

/** Our choice: how long a document for people who wait takes at least, because sounds take no time here. */
export const minMusicMs = 30_000;

/**
 * The verbs of documents for people who wait. Such documents redirect to themselves, as Twilio recommends; one that took
 * no time runs again after `minMusicMs`.
 */
export function unhurried(verbs: Executors, clock: Clock): Executors {
  const played = new Set<string>();
  let startedAt = clock.now();
  return {
    ...verbs,
    Redirect: async (verb, flow, document) => {
      const next = redirect(verb, flow, document);
      played.add(document.url);
      if (clock.now() === startedAt && played.has(next.url)) await flow.scope.until(startedAt + minMusicMs);
      startedAt = clock.now();
      return next;
    },
  };
}
