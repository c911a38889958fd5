import type { LiveCall } from '../calls/live-call';
import type { CallEvent } from './status-callback';
import { callStatusEvaluation } from './status-evaluation';
import { statusParameters } from './status-parameters';
import type { StatusSender } from './status-sender';

/** Sends the status callbacks of calls. */
export class StatusCallbacks {
  constructor(
    private readonly accountSid: string,
    private readonly sender: StatusSender,
  ) {}

  send(call: LiveCall, event: CallEvent): void {
    const { statusCallback } = call;
    if (!statusCallback?.events.includes(event)) return;
    const parameters = statusParameters(call, statusCallback, event, this.accountSid);
    this.sender.send(call, call, statusCallback, parameters, callStatusEvaluation);
  }
}
