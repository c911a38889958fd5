import type { LiveCall } from '../calls/live-call';
import { conferenceStatusEvaluation } from '../status-callbacks/status-evaluation';
import type { StatusSender } from '../status-callbacks/status-sender';
import type { Conference, ConferenceEvent } from './conference';
import { conferenceParameters, wordOf } from './conference-parameters';

/** What was sent about a conference. */
interface Sent {
  count: number;
  /** The last simulated call that was in it, whose transcript has the requests. */
  call: LiveCall | undefined;
}

/** Sends the status callbacks of conferences. */
export class ConferenceCallbacks {
  private readonly sent = new WeakMap<Conference, Sent>();

  constructor(
    private readonly accountSid: string,
    private readonly sender: StatusSender,
  ) {}

  /** Our choice: only the callbacks that are sent count in SequenceNumber. */
  send(conference: Conference, event: ConferenceEvent): void {
    const { callback } = conference;
    const sent = this.sent.get(conference) ?? { count: 0, call: undefined };
    this.sent.set(conference, sent);
    const call = callOf(conference, event) ?? sent.call;
    sent.call = call;
    if (!call || !callback?.events.includes(wordOf[event.name])) return;
    sent.count += 1;
    const { accountSid } = this;
    const now = call.scope.clock.now();
    const parameters = conferenceParameters(conference, event, { accountSid, sequence: sent.count, now });
    this.sender.send(conference, call, callback, parameters, conferenceStatusEvaluation);
  }
}

function callOf({ participants }: Conference, event: ConferenceEvent): LiveCall | undefined {
  const subject = event.name === 'conference-start' ? null : event.participant?.call;
  return subject ?? participants.find(({ call }) => call)?.call ?? undefined;
}
