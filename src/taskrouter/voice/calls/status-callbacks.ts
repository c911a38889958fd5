import { DeliveryStopped } from '../../webhooks/transport';
import type { LiveCall } from './live-call';
import type { CallEvent, StatusCallback } from './status-callback';
import { statusParameters } from './status-parameters';
import type { VoiceServices } from './voice-services';

type Services = Pick<VoiceServices, 'accountSid' | 'client' | 'keep' | 'error'>;

/**
 * Sends status callbacks. Our choice: those of one call wait for each other's response, so that they arrive in order. The
 * call is busy until then, so that a virtual clock does not run past them.
 */
export class StatusCallbacks {
  /** Resolves when the last callback of the call has its response. */
  private readonly last = new WeakMap<LiveCall, Promise<void>>();

  constructor(private readonly services: Services) {}

  send(call: LiveCall, event: CallEvent): void {
    const { statusCallback } = call;
    if (!statusCallback?.events.includes(event)) return;
    const parameters = statusParameters(call, statusCallback, event, this.services.accountSid);
    const before = this.last.get(call);
    const sent = call.scope.busyWith(async () => {
      await before;
      await this.tell(call, statusCallback, parameters);
    });
    this.last.set(call, sent);
  }

  /** Never rejects. */
  private async tell(
    call: LiveCall,
    { url, method }: StatusCallback,
    parameters: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { client, keep, error: report } = this.services;
    try {
      await client.tell({ url, method }, parameters, {
        log: (text) => call.record('twilio', 'requests', text),
        keep: (sent) => keep(call, sent),
      });
    } catch (error) {
      if (!(error instanceof DeliveryStopped)) report(call, error);
    }
  }
}
