import type { Scope } from '../calls/scope';
import type { QueuedCaller } from '../queues/caller-queue';
import { Flow } from '../twiml/flow';
import { TwimlFailed } from '../twiml/read-twiml';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument } from '../twiml/twiml-client';
import { minMusicMs, unhurried } from './unhurried';
import { waitVerbs } from './verbs';

/** Runs the document for waiting callers again and again. A fault in it ends the waiting, with the result `error`. */
export async function playQueueMusic(
  { attributes: { waitUrl, waitUrlMethod } }: Verb,
  flow: Flow,
  document: TwimlDocument,
  caller: QueuedCaller,
  scope: Scope,
): Promise<void> {
  if (!waitUrl) return;
  const { call, services } = flow;
  const parameters = () => caller.queue.parameters(caller, scope.clock.now());
  const executors = unhurried(waitVerbs, scope.clock);
  const waiting = new Flow({ call, services, scope, executors, parameters });
  // The fault is announced before this is no longer busy, so that no clock advances in between.
  await scope.busyWith(async () => {
    try {
      for (;;) {
        const startedAt = scope.clock.now();
        const ending = await waiting.run(flow.request(waitUrl, waitUrlMethod, document));
        if (ending) return caller.next.set(ending);
        await scope.until(startedAt + minMusicMs);
      }
    } catch (error) {
      if (error instanceof TwimlFailed) caller.next.set('error');
      // Everything else is the end of the waiting, which the call itself notices, too.
    }
  });
}
