import type { Clock } from '../../../system/clock';
import type { TwimlRequest } from '../twiml/twiml-client';
import type { ConferenceCallback } from './conference-callback';
import type { Departure, Participant, ParticipantChange } from './participant';

/** https://www.twilio.com/docs/voice/api/conference-resource */
export type ConferenceStatus = 'init' | 'in-progress' | 'completed';
export type EndReason =
  | 'conference-ended-via-api'
  | 'last-participant-left'
  | 'last-participant-kicked'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked';

/** What happens to a participant. */
type ParticipantEventName =
  | 'participant-join'
  | 'participant-leave'
  | 'participant-mute'
  | 'participant-unmute'
  | 'participant-hold'
  | 'participant-unhold'
  | 'participant-modify';

export interface ParticipantEvent {
  readonly name: ParticipantEventName;
  readonly participant: Participant;
  /** Why it left. */
  readonly departure?: Departure;
}

export interface ConferenceEndEvent {
  readonly name: 'conference-end';
  readonly reason: EndReason;
  /** Whose departure ended it; null if a program did. */
  readonly participant: Participant | null;
}

/** What happens in a conference. Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback-event */
export type ConferenceEvent = ParticipantEvent | { readonly name: 'conference-start' } | ConferenceEndEvent;

interface ConferenceParts {
  readonly sid: string;
  readonly name: string;
  readonly maxParticipants: number;
  readonly clock: Clock;
  /** Called for each event, in order, while the conference is as the event says. */
  readonly onEvent: (event: ConferenceEvent) => void;
}

/** Calls that hear each other: who is in it, from the first to join until it ends. */
export class Conference {
  readonly sid: string;
  readonly name: string;
  status: ConferenceStatus = 'init';
  /** The first participant decides. Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback */
  callback: ConferenceCallback | null = null;
  /** Null until it ends. */
  ended: ConferenceEndEvent | null = null;
  /** Unix milliseconds. */
  readonly dateCreated: number;
  dateUpdated: number;
  private readonly maxParticipants: number;
  private readonly clock: Clock;
  private readonly onEvent: ConferenceParts['onEvent'];
  private readonly present = new Map<string, Participant>();

  constructor({ sid, name, maxParticipants, clock, onEvent }: ConferenceParts) {
    this.sid = sid;
    this.name = name;
    this.maxParticipants = maxParticipants;
    this.clock = clock;
    this.onEvent = onEvent;
    this.dateCreated = clock.now();
    this.dateUpdated = this.dateCreated;
  }

  /** In the order in which they joined. */
  get participants(): readonly Participant[] {
    return [...this.present.values()];
  }

  get isFull(): boolean {
    return this.present.size >= this.maxParticipants;
  }

  find(callSid: string): Participant | undefined {
    return this.present.get(callSid);
  }

  /** Whether it does not end when this participant leaves, or has not ended since. */
  outlives(participant: Participant): boolean {
    return (
      this.status !== 'completed' &&
      !participant.settings.endConferenceOnExit &&
      this.others(participant).some(({ staysAlone }) => staysAlone)
    );
  }

  /** From now on, the end of the call is the participant's departure. */
  join(participant: Participant): void {
    const { callSid, call } = participant;
    this.present.set(callSid, participant);
    participant.dateCreated = this.clock.now();
    call?.onChange(() => {
      if (call.isOver) this.leave(callSid, 'hung-up');
    });
    this.tell({ name: 'participant-join', participant });
    this.startIfReady();
  }

  /** Has no effect if the call is not in the conference. */
  leave(callSid: string, departure: Departure): void {
    const participant = this.remove(callSid, departure);
    if (participant) this.goOnWithout(participant, departure);
  }

  /** A program ends it. */
  endByApi(): void {
    if (this.status !== 'completed') this.end('conference-ended-via-api', null);
  }

  /** Somebody who was called did not answer. */
  miss(participant: Participant): void {
    this.tell({ name: 'participant-leave', participant, departure: 'not-reached' });
    const isAlone = this.present.size === 0;
    if (isAlone || participant.settings.endConferenceOnExit) this.goOnWithout(participant, 'not-reached');
  }

  /** @param music what the participant hears on hold */
  hold(participant: Participant, hold: boolean, music?: TwimlRequest): void {
    if (hold && music) participant.music?.play(music);
    if (!hold) participant.music?.stop();
    if (participant.hold === hold) return;
    participant.hold = hold;
    this.tell({ name: hold ? 'participant-hold' : 'participant-unhold', participant });
  }

  /** Each event is sent only if something has changed. */
  change(participant: Participant, change: ParticipantChange): void {
    const before = participant.settings;
    const after = { ...before, ...change };
    participant.settings = after;
    if (after.muted !== before.muted)
      this.tell({ name: after.muted ? 'participant-mute' : 'participant-unmute', participant });
    const isModified = (['endConferenceOnExit', 'beep', 'callSidToCoach'] as const).some(
      (name) => after[name] !== before[name],
    );
    if (isModified) this.tell({ name: 'participant-modify', participant });
  }

  /** Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback-event, `start` */
  private startIfReady(): void {
    const { participants } = this;
    const starts = participants.some(({ settings }) => settings.startConferenceOnEnter);
    if (this.status !== 'init' || participants.length < 2 || !starts) return;
    this.status = 'in-progress';
    for (const { music } of participants) music?.stop();
    this.tell({ name: 'conference-start' });
  }

  private goOnWithout(participant: Participant, departure: Departure): void {
    // Another worker is about to join, for whom the customer waits.
    if (departure === 'transferred' && this.present.size > 0) return;
    const exit = departure === 'removed' ? 'kicked' : 'left';
    if (participant.settings.endConferenceOnExit)
      this.end(`participant-with-end-conference-on-exit-${exit}`, participant);
    else if (this.present.size === 0) this.end(`last-participant-${exit}`, participant);
    else if (!this.outlives(participant)) for (const each of this.participants) hangUp(each, this);
  }

  private others(participant: Participant): readonly Participant[] {
    return this.participants.filter((each) => each !== participant);
  }

  private remove(callSid: string, departure: Departure): Participant | undefined {
    const participant = this.present.get(callSid);
    if (!participant) return undefined;
    this.present.delete(callSid);
    participant.music?.stop();
    participant.left.set(departure);
    this.tell({ name: 'participant-leave', participant, departure });
    return participant;
  }

  /** Our choice: first everybody leaves, then the conference ends. */
  private end(reason: EndReason, participant: Participant | null): void {
    this.status = 'completed';
    this.ended = { name: 'conference-end', reason, participant };
    for (const { callSid } of this.participants)
      this.remove(callSid, participant ? 'conference-ended' : 'ended-by-api');
    this.tell(this.ended);
  }

  private tell(event: ConferenceEvent): void {
    this.dateUpdated = this.clock.now();
    if (event.name !== 'conference-start' && event.participant)
      event.participant.dateUpdated = this.dateUpdated;
    this.onEvent(event);
  }
}

/** The person hangs up, which makes a simulated call leave. */
function hangUp({ callSid, call }: Participant, conference: Conference): void {
  if (call) void call.report({ kind: 'ended' });
  else conference.leave(callSid, 'hung-up');
}
