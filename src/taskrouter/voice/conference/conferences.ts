import { type SidSource, sidPrefix } from '../../model/sids';
import { Conference, type ConferenceEvent } from './conference';

/** https://www.twilio.com/docs/voice/twiml/conference#attributes-max-participants: the most, unless the first says less. */
export const maxParticipants = 250;

interface NewConference {
  readonly name: string;
  /** Default: a new one. */
  readonly sid?: string | undefined;
  readonly maxParticipants?: number | undefined;
}

type Listener = (conference: Conference, event: ConferenceEvent) => void;

/** The conferences that have not ended. Names are unique among them. */
export class Conferences {
  private readonly open = new Map<string, Conference>();
  private readonly listeners: Listener[] = [];

  constructor(private readonly newSid: SidSource) {}

  /** Called for each event of every conference, in order. */
  onEvent(listener: Listener): void {
    this.listeners.push(listener);
  }

  find(name: string): Conference | undefined {
    return this.open.get(name);
  }

  /** The conference that a call is in. */
  of(callSid: string): Conference | undefined {
    return [...this.open.values()].find((conference) => conference.find(callSid));
  }

  /** The conference with this name, or a new one. The first to join decides how many may. */
  findOrOpen({ name, sid = this.newSid(sidPrefix.conference), ...first }: NewConference): Conference {
    const found = this.find(name);
    if (found) return found;
    const conference: Conference = new Conference({
      sid,
      name,
      maxParticipants: Math.min(first.maxParticipants ?? maxParticipants, maxParticipants),
      onEvent: (event) => this.tell(conference, event),
    });
    this.open.set(name, conference);
    return conference;
  }

  private tell(conference: Conference, event: ConferenceEvent): void {
    if (event.name === 'conference-end') this.open.delete(conference.name);
    for (const listener of this.listeners) listener(conference, event);
  }
}
