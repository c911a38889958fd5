import { Latch } from '../calls/latch';
import type { LiveCall } from '../calls/live-call';
import type { TwimlRequest } from '../twiml/twiml-client';

/**
 * Why a call is no longer in a conference.
 * Source of what each is reported as: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback-parameters
 */
export type Departure =
  | 'hung-up'
  | 'redirected'
  | 'removed'
  | 'transferred'
  | 'conference-ended'
  | 'ended-by-api'
  | 'no-music'
  | 'not-reached';

/** How a call takes part. Source: https://www.twilio.com/docs/voice/twiml/conference#attributes */
export interface ParticipantSettings {
  readonly muted: boolean;
  readonly startConferenceOnEnter: boolean;
  readonly endConferenceOnExit: boolean;
  readonly beep: Beep;
  /** The call of the only participant that hears this one; null if everybody does. */
  readonly callSidToCoach: string | null;
  readonly label: string | null;
}

/** When the others hear a sound: as the participant joins, as it leaves, or both. */
export const beeps = ['true', 'false', 'onEnter', 'onExit'] as const;
type Beep = (typeof beeps)[number];

export const usualSettings: ParticipantSettings = {
  muted: false,
  startConferenceOnEnter: true,
  endConferenceOnExit: false,
  beep: 'true',
  callSidToCoach: null,
  label: null,
};

/** What can change while a call is in a conference. */
export type ParticipantChange = Partial<
  Pick<ParticipantSettings, 'muted' | 'endConferenceOnExit' | 'beep' | 'callSidToCoach'>
>;

/** What a participant hears who waits or is on hold. */
interface Music {
  play(request: TwimlRequest): void;
  stop(): void;
}

interface ParticipantParts {
  readonly callSid: string;
  /** Shown in transcripts: a number, or the name of a worker. */
  readonly name: string;
  /** Null for a call that is not simulated. */
  readonly call: LiveCall | null;
  /** Null if nobody would hear it. */
  readonly music: Music | null;
  readonly settings?: Partial<ParticipantSettings>;
  /** Whether this person stays when everybody else has left; default: yes. */
  readonly staysAlone?: boolean;
}

/** A call in a conference. */
export class Participant {
  readonly callSid: string;
  readonly name: string;
  readonly call: LiveCall | null;
  readonly music: Music | null;
  readonly staysAlone: boolean;
  settings: ParticipantSettings;
  hold = false;
  /** When it joined, and last changed, in Unix milliseconds. */
  dateCreated = 0;
  dateUpdated = 0;
  readonly left = new Latch<Departure>();

  constructor({ callSid, name, call, music, settings, staysAlone = true }: ParticipantParts) {
    this.callSid = callSid;
    this.name = name;
    this.call = call;
    this.music = music;
    this.staysAlone = staysAlone;
    this.settings = { ...usualSettings, ...settings };
  }

  get isCoaching(): boolean {
    return this.settings.callSidToCoach !== null;
  }
}

/** Our choice: callers are shown with their number, so that two of them can be told apart. */
export const nameOf = ({ person, from }: LiveCall): string => (person === 'caller' ? from : person);

/** What a participant's `beep` becomes if the sound at the exit is turned on or off. */
export function withBeepOnExit(beep: Beep, onExit: boolean | undefined): Beep {
  if (onExit === undefined) return beep;
  const onEnter = beep === 'true' || beep === 'onEnter';
  if (onEnter) return onExit ? 'true' : 'onEnter';
  return onExit ? 'onExit' : 'false';
}
