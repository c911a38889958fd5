import type { SidSource } from '../model/sids';
import type { TaskRouter } from '../taskrouter';
import type { CallbackAlert } from '../webhooks/alerts';
import type { CallerQueues } from './caller-queue';
import type { LiveCall } from './live-call';
import type { TwimlClient } from './twiml-client';

/** What the verbs of a call may use. */
export interface VoiceServices {
  readonly accountSid: string;
  readonly newSid: SidSource;
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'view'>;
  readonly client: TwimlClient;
  readonly queues: CallerQueues;
  /** Records what Twilio's debugger would show. */
  alert(call: LiveCall, alert: CallbackAlert): void;
}
