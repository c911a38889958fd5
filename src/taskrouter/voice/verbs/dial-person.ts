import { sidPrefix } from '../../model/sids';
import type { CallFailure } from '../../model/statuses';
import { Latch } from '../calls/latch';
import type { Flow } from '../twiml/flow';
import type { Dialed } from './dialed';

const statusOf: Readonly<Record<CallFailure, Dialed['status']>> = {
  refused: 'busy',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
};

/**
 * Calls a person. Whether a worker with this address answers is in the worker's attribute `simulated_call`. Our choice:
 * anybody else behaves as a worker without that attribute.
 */
export async function dialPerson(to: string, timeoutSeconds: number, flow: Flow): Promise<Dialed> {
  const { call, scope, services } = flow;
  const worker = [...services.taskRouter.view.all('workers')].find(
    ({ attributes }) => attributes.value.contact_uri === to,
  );
  const name = worker?.friendlyName ?? to;
  const callSid = services.newSid(sidPrefix.call);
  const answered = new Latch<CallFailure | null>();
  const over = new Latch<void>();
  call.record(name, 'is called', to);
  const timing = { dateCreated: scope.clock.now(), timeoutSeconds };
  const cancel = services.voice.dial(timing, worker?.attributes.value ?? {}, (update) => {
    if (update.kind === 'ended') over.set();
    else answered.set(update.kind === 'failed' ? update.failure : null);
  });
  try {
    const failure = await answered.wait(scope);
    if (failure !== null) {
      call.record(name, 'does not answer', failure);
      return { status: statusOf[failure], callSid, seconds: 0 };
    }
    call.record(name, 'answers');
    const since = scope.clock.now();
    await over.wait(scope);
    call.record(name, 'hangs up');
    return { status: 'completed', callSid, seconds: Math.floor((scope.clock.now() - since) / 1000) };
  } finally {
    cancel();
  }
}
