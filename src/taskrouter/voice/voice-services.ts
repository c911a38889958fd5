import type { SidSource } from '../model/sids';
import type { TaskRouter } from '../taskrouter';
import type { CallbackAlert } from '../webhooks/alerts';
import type { CallBook } from './calls/call-book';
import type { LiveCall } from './calls/live-call';
import type { Conferences } from './conference/conferences';
import type { CallerQueues } from './queues/caller-queues';
import type { SentVoiceRequest, TwimlClient } from './twiml/twiml-client';
import type { SimulatedVoice } from './workers/simulated-voice';

/** What the verbs of a call may use. */
export interface VoiceServices {
  readonly accountSid: string;
  readonly newSid: SidSource;
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'view'>;
  readonly client: TwimlClient;
  readonly queues: CallerQueues;
  readonly conferences: Conferences;
  readonly calls: CallBook;
  /** Rings the phones that TwiML dials. */
  readonly voice: Pick<SimulatedVoice, 'dial' | 'digits'>;
  /** Keeps a request with its responses, and records its alerts. @returns its ID in the callback log */
  keep(call: LiveCall, sent: SentVoiceRequest): number;
  /**
   * Records what Twilio's debugger would show.
   * @param callbackId the request in the callback log whose response it is about
   */
  alert(call: LiveCall, alert: CallbackAlert, callbackId?: number): void;
  /** Reports an unexpected error, which ends the call. */
  error(call: LiveCall, error: unknown): void;
}
