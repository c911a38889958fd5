import { sidPrefix } from '../../model/sids';
import type { VoiceServices } from '../voice-services';
import type { LiveCall, NewLiveCall } from './live-call';

type Services = Pick<VoiceServices, 'calls' | 'newSid' | 'taskRouter' | 'voice'>;

/**
 * A call to an address. Our choice: the worker with this `contact_uri` is on the phone; anybody else behaves as a worker
 * without `simulated_call`. It rings only when `ring` says so.
 */
export function placeCall(
  parts: Pick<
    NewLiveCall,
    'from' | 'to' | 'direction' | 'parentCallSid' | 'taskSid' | 'statusCallback' | 'isQueued'
  > &
    Partial<Pick<NewLiveCall, 'sid'>>,
  services: Services,
): LiveCall {
  const worker = workerAt(parts.to, services);
  return services.calls.add({
    ...parts,
    sid: parts.sid ?? services.newSid(sidPrefix.call),
    person: worker?.friendlyName ?? parts.to,
    workerSid: worker?.sid ?? null,
    digits: services.voice.digits(worker?.sid ?? null, worker?.attributes.value ?? {}),
  });
}

/** Lets the phone ring until somebody answers or declines, the time is over, or the call has ended otherwise. */
export function ring(call: LiveCall, timeoutSeconds: number, services: Services): void {
  const attributes = workerAt(call.to, services)?.attributes.value ?? {};
  if (call.status === 'queued') call.begin();
  const { dateCreated, workerSid } = call;
  const cancel = services.voice.dial({ dateCreated, timeoutSeconds, workerSid }, attributes, (update) => {
    void call.report(update);
  });
  call.scope.onEnd(cancel);
}

const workerAt = (address: string, { taskRouter }: Services) =>
  [...taskRouter.view.all('workers')].find(({ attributes }) => attributes.value.contact_uri === address);
