import { Dropped, orHungUp } from '../calls/scope';
import type { Conference } from '../conference/conference';
import { maxParticipants } from '../conference/conferences';
import { HoldMusic } from '../conference/hold-music';
import {
  beeps,
  type Departure,
  nameOf,
  Participant,
  type ParticipantSettings,
  usualSettings,
} from '../conference/participant';
import { stay } from '../conference/stay';
import { flag, wholeNumber } from '../twiml/attributes';
import type { Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument } from '../twiml/twiml-client';
import { voiceAlerts } from '../voice-alerts';
import type { DialSettings } from './dial-people';
import type { Dialed } from './dialed';
import { statusCallbackOfConference } from './noun-status-callback';
import { isStarred } from './star-key';

type Limits = Pick<DialSettings, 'hangupOnStar' | 'timeLimitSeconds'>;

/**
 * Puts the call into a conference, until it leaves or the conference ends.
 * Source: https://www.twilio.com/docs/voice/twiml/conference
 * @returns null if it cannot join, and the next verb follows
 */
export async function dialConference(
  noun: Verb,
  limits: Limits,
  flow: Flow,
  document: TwimlDocument,
): Promise<Dialed | null> {
  const name = noun.text.trim();
  const settings = settingsOf(noun);
  const refused = refuse(name, settings, flow);
  if (refused !== undefined) return refused;
  flow.call.record('twilio', 'Dial', `Conference: ${name}`);
  const limit = wholeNumber(noun.attributes.maxParticipants, maxParticipants);
  const conference = flow.services.conferences.findOrOpen({ name, maxParticipants: limit });
  // Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback
  if (conference.participants.length === 0)
    conference.callback = statusCallbackOfConference(noun.attributes, flow, document);
  const participant = participantOf(flow, settings);
  // A participant who joins may start the conference, which ends the music.
  playWaitUrl(participant, conference, noun, flow, document);
  conference.join(participant);
  const departure = await orHungUp(stayAtMost(limits, participant, conference, flow));
  // Source: https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values
  return { status: departure === 'no-music' ? 'failed' : 'answered' };
}

/** Until the participant leaves, the time is over, or the caller presses the star key. */
function stayAtMost(
  { hangupOnStar, timeLimitSeconds }: Limits,
  participant: Participant,
  conference: Conference,
  { call, scope }: Flow,
): Promise<Departure> {
  const limit = scope.clock.now() + timeLimitSeconds * 1000;
  const watching = scope.child();
  void watching.busyWith(async () => {
    try {
      while (scope.clock.now() < limit && !isStarred(call, hangupOnStar))
        await watching.waitAtMost(limit, (resolve) => call.keypad.onPress(resolve));
    } catch {
      // The participant has left otherwise, which `stay` notices.
      return;
    }
    conference.leave(call.sid, 'hung-up');
  });
  return stay(participant, conference, { scope }).finally(() => watching.end(new Dropped()));
}

/** After an alert: how the call goes on that cannot join; undefined if it can. */
function refuse(name: string, settings: ParticipantSettings, { call, services }: Flow) {
  const { label, callSidToCoach } = settings;
  const conference = services.conferences.find(name);
  if (callSidToCoach !== null && !conference?.find(callSidToCoach)) {
    services.alert(call, voiceAlerts.coachedCallGone(callSidToCoach));
    return { status: 'failed' } as const;
  }
  if (conference?.isFull) {
    services.alert(call, voiceAlerts.conferenceFull(name));
    // Our choice, as when nobody answers.
    return { status: 'failed' } as const;
  }
  if (label !== null && conference?.participants.some((each) => each.settings.label === label)) {
    services.alert(call, voiceAlerts.labelInUse(label));
    return null;
  }
  return undefined;
}

function settingsOf({ attributes }: Verb): ParticipantSettings {
  const { muted, startConferenceOnEnter, endConferenceOnExit } = usualSettings;
  return {
    muted: flag(attributes.muted, muted),
    startConferenceOnEnter: flag(attributes.startConferenceOnEnter, startConferenceOnEnter),
    endConferenceOnExit: flag(attributes.endConferenceOnExit, endConferenceOnExit),
    beep: beeps.find((beep) => beep === attributes.beep) ?? usualSettings.beep,
    callSidToCoach: attributes.coach || null,
    label: attributes.participantLabel || null,
  };
}

function participantOf({ call, services, scope }: Flow, settings: ParticipantSettings): Participant {
  const onFailure = () => services.conferences.of(call.sid)?.leave(call.sid, 'no-music');
  const music = new HoldMusic({ call, services, scope, onFailure });
  return new Participant({ callSid: call.sid, name: nameOf(call), call, music, settings });
}

/** Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-waiturl. Twilio's own music is not fetched. */
function playWaitUrl(
  { music }: Participant,
  { status }: Conference,
  { attributes: { waitUrl, waitMethod } }: Verb,
  flow: Flow,
  document: TwimlDocument,
): void {
  if (waitUrl && status === 'init') music?.play(flow.request(waitUrl, waitMethod, document));
}
