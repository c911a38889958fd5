import type { Cancel, Clock } from '../../../system/clock';
import { type SidSource, sidPrefix } from '../../model/sids';
import { Conference, type ConferenceEvent } from './conference';

/** https://www.twilio.com/docs/voice/twiml/conference#attributes-max-participants: the most, unless the first says less. */
export const maxParticipants = 250;

/** Our choice: how many conferences that have ended can still be read. */
const maxEnded = 100;

interface NewConference {
  readonly name: string;
  /** Default: a new one. */
  readonly sid?: string | undefined;
  readonly maxParticipants?: number | undefined;
}

type Listener = (conference: Conference, event: ConferenceEvent) => void;

/** The conferences: those that have not ended, whose names are unique, and the last ones that have. */
export class Conferences {
  private readonly open = new Map<string, Conference>();
  /** By the call of each participant. */
  private readonly byCall = new Map<string, Conference>();
  private readonly listeners = new Set<Listener>();

  /** Newest last. */
  private readonly all = new Map<string, Conference>();

  constructor(
    private readonly newSid: SidSource,
    private readonly clock: Clock,
  ) {}

  /** Called for each event of every conference, in order. */
  onEvent(listener: Listener): Cancel {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Newest first, those that have ended included. */
  list(): readonly Conference[] {
    return [...this.all.values()].reverse();
  }

  find(name: string): Conference | undefined {
    return this.open.get(name);
  }

  /** The conference that a call is in. */
  of(callSid: string): Conference | undefined {
    return this.byCall.get(callSid);
  }

  /** Whether the call is in a conference that does not end when it leaves. */
  goesOnWithout(callSid: string): boolean {
    const conference = this.of(callSid);
    const participant = conference?.find(callSid);
    return conference !== undefined && participant !== undefined && conference.outlives(participant);
  }

  /** The conference with this name, or a new one. The first to join decides how many may. */
  findOrOpen({ name, sid = this.newSid(sidPrefix.conference), ...first }: NewConference): Conference {
    const found = this.find(name);
    if (found) return found;
    const conference: Conference = new Conference({
      sid,
      name,
      maxParticipants: Math.min(first.maxParticipants ?? maxParticipants, maxParticipants),
      clock: this.clock,
      onEvent: (event) => this.tell(conference, event),
    });
    this.open.set(name, conference);
    this.all.set(sid, conference);
    this.forgetOldest();
    return conference;
  }

  /** Forgets them all. Nobody is told. */
  clear(): void {
    this.all.clear();
    this.open.clear();
    this.byCall.clear();
  }

  private forgetOldest(): void {
    const ended = [...this.all.values()].filter(({ status }) => status === 'completed');
    for (const { sid } of ended.slice(0, -maxEnded)) this.all.delete(sid);
  }

  private tell(conference: Conference, event: ConferenceEvent): void {
    if (event.name === 'participant-join') this.byCall.set(event.participant.callSid, conference);
    if (event.name === 'participant-leave') this.byCall.delete(event.participant.callSid);
    if (event.name === 'conference-end') this.open.delete(conference.name);
    for (const listener of [...this.listeners]) listener(conference, event);
  }
}
