import type { ResponseEvaluation } from '../../webhooks/response-evaluation';
import { DeliveryStopped } from '../../webhooks/transport';
import type { LiveCall } from '../calls/live-call';
import type { SentVoiceRequest, TwimlRequest } from '../twiml/twiml-client';
import type { VoiceServices } from '../voice-services';

type Services = Pick<VoiceServices, 'client' | 'keep' | 'error'>;

/**
 * Sends status callbacks. Our choice: those about one call, or one conference, wait for each other's response, so that they
 * arrive in order. The call is busy until then, so that a virtual clock does not run past them.
 */
export class StatusSender {
  /** Resolves when the last callback about something has its response. */
  private readonly last = new WeakMap<object, Promise<void>>();

  constructor(private readonly services: Services) {}

  /**
   * @param call in whose transcript the request is
   * @param evaluation which alert a response that is no success raises
   */
  send(
    about: object,
    call: LiveCall,
    request: Pick<TwimlRequest, 'url' | 'method'>,
    parameters: Readonly<Record<string, string>>,
    evaluation: ResponseEvaluation,
  ): void {
    const before = this.last.get(about);
    const sent = call.scope.busyWith(async () => {
      await before;
      await this.tell(call, request, parameters, evaluation);
    });
    this.last.set(about, sent);
  }

  /** Never rejects. */
  private async tell(
    call: LiveCall,
    { url, method }: Pick<TwimlRequest, 'url' | 'method'>,
    parameters: Readonly<Record<string, string>>,
    evaluation: ResponseEvaluation,
  ): Promise<void> {
    const { client, keep, error: report } = this.services;
    try {
      const progress = {
        log: (text: string) => call.record('twilio', 'requests', text),
        keep: (sent: SentVoiceRequest) => keep(call, sent),
      };
      await client.tell({ url, method }, parameters, progress, evaluation);
    } catch (error) {
      if (!(error instanceof DeliveryStopped)) report(call, error);
    }
  }
}
