import type { Conference, ConferenceEvent, ParticipantEvent } from './conference';
import type { Participant } from './participant';

/** How a transcript says what happens to a participant. */
const verbs = {
  'participant-join': 'joins',
  'participant-leave': 'leaves',
  'participant-mute': 'is muted',
  'participant-unmute': 'is unmuted',
  'participant-hold': 'is on hold',
  'participant-unhold': 'is off hold',
  'participant-modify': 'is changed',
} as const;

/** Writes what happens in a conference into the transcripts of the simulated calls in it. */
export function recordConferenceEvent(conference: Conference, event: ConferenceEvent): void {
  const about = `Conference: ${conference.name}`;
  if (event.name === 'conference-start') record(conference.participants, 'twilio', 'starts', about);
  else if (event.name === 'participant-leave' && hasEnded(event))
    record([event.participant], 'twilio', 'ends', about);
  else if (event.name === 'participant-leave' && event.departure === 'not-reached')
    record(conference.participants, event.participant.name, 'does not answer');
  else if (event.name !== 'conference-end')
    record(listeners(conference, event), event.participant.name, verbs[event.name]);
}

const hasEnded = ({ departure }: ParticipantEvent): boolean =>
  departure === 'conference-ended' || departure === 'ended-by-api';

/** Those who join know it from their own verb; those who leave no longer hear it, unless somebody else removes them. */
function listeners({ participants }: Conference, { name, participant, departure }: ParticipantEvent) {
  if (name === 'participant-join') return participants.filter((each) => each !== participant);
  return departure === 'removed' ? [...participants, participant] : participants;
}

function record(participants: readonly Participant[], who: string, verb: string, text?: string): void {
  for (const { call } of participants) if (call && !call.isOver) call.record(who, verb, text);
}
