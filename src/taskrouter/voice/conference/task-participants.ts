import type { Task } from '../../model/entities';
import type { InstructionValues } from '../../model/instruction-parameters';
import type { LiveCall } from '../calls/live-call';
import type { TwimlRequest } from '../twiml/twiml-client';
import type { VoiceServices } from '../voice-services';
import type { Conference } from './conference';
import { type ConferenceCallback, usualConferenceEvents } from './conference-callback';
import { HoldMusic } from './hold-music';
import { nameOf, Participant, type ParticipantSettings, usualSettings } from './participant';

/** What the instruction says about the conference and those in it. */
export type ConferenceValues = Partial<InstructionValues<'conference'>>;
type Settings = Partial<ParticipantSettings>;

/** What the engine has written into a task, as far as no program has removed it. */
export function conferenceIn({ attributes }: Task): {
  sid?: string | undefined;
  customer?: string | undefined;
} {
  const { sid, participants } = (attributes.value.conference ?? {}) as Readonly<Record<string, unknown>>;
  const { customer } = (participants ?? {}) as Readonly<Record<string, unknown>>;
  return { sid: textIn(sid), customer: textIn(customer) };
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Source of all parameters: https://www.twilio.com/docs/taskrouter/api/reservations */
export const workerSettings = (values: ConferenceValues): Settings => ({
  muted: values.muted ?? usualSettings.muted,
  beep: values.beep ?? usualSettings.beep,
  startConferenceOnEnter: values.start_conference_on_enter ?? usualSettings.startConferenceOnEnter,
  endConferenceOnExit: values.end_conference_on_exit ?? usualSettings.endConferenceOnExit,
});

export const customerSettings = (values: ConferenceValues): Settings => ({
  beep: values.beep_on_customer_entrance === false ? 'onExit' : usualSettings.beep,
  endConferenceOnExit: values.end_conference_on_customer_exit ?? usualSettings.endConferenceOnExit,
});

/**
 * Those who monitor hear everybody, and nobody hears them. Those who whisper are heard by the worker only.
 * Our choice: without SupervisorMode, a supervisor monitors.
 */
export function supervisorSettings(
  { supervisor_mode: mode = 'monitor' }: Partial<InstructionValues<'supervise'>>,
  worker: Participant | undefined,
): Settings {
  if (mode === 'whisper') return { callSidToCoach: worker?.callSid ?? null, muted: !worker };
  return { muted: mode === 'monitor' };
}

interface Joining {
  readonly settings: Settings;
  /** Heard until the conference starts. */
  readonly music?: TwimlRequest | undefined;
  readonly staysAlone?: boolean;
}

/** A simulated call joins the conference. */
export function joinCall(
  conference: Conference,
  call: LiveCall,
  { music, ...joining }: Joining,
  services: VoiceServices,
): Participant {
  const participant = participantOf(call, joining, services);
  enter(conference, participant, music);
  return participant;
}

/** @param music heard until the conference starts */
export function enter(conference: Conference, participant: Participant, music?: TwimlRequest): void {
  if (music && conference.status === 'init') participant.music?.play(music);
  conference.join(participant);
}

export function participantOf(
  call: LiveCall,
  joining: Pick<Joining, 'settings' | 'staysAlone'>,
  services: VoiceServices,
): Participant {
  const music = new HoldMusic({ call, services, scope: call.scope });
  const participant = new Participant({
    callSid: call.sid,
    name: nameOf(call),
    call,
    music,
    ...joining,
  });
  participant.dateCreated = call.dateCreated;
  participant.dateUpdated = call.dateCreated;
  return participant;
}

/**
 * Whom `conference_status_callback` tells about the conference.
 * TaskRouter's documentation names no events that are usual.
 */
export function callbackOf(values: ConferenceValues): ConferenceCallback | null {
  const {
    conference_status_callback: url,
    conference_status_callback_method: method = 'POST',
    conference_status_callback_event: events = usualConferenceEvents,
  } = values;
  return url ? { url, method, events } : null;
}

/** The document at `wait_url`. */
export function musicOf({ wait_url: url, wait_method }: ConferenceValues): TwimlRequest | undefined {
  return url ? { url, method: wait_method ?? 'POST' } : undefined;
}
