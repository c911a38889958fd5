import { rfc2822 } from '../../../common/rfc-2822';
import type { Conference } from '../../voice/conference/conference';
import type { Participant } from '../../voice/conference/participant';
import { accountPath, apiVersion } from './call';
import type { FormatContext } from './context';

/** Our choice: conferences are mixed in the first region. */
const region = 'us1';

/** Source: https://www.twilio.com/docs/voice/api/conference-resource#conference-properties */
export function formatConference(conference: Conference, { accountSid }: FormatContext): object {
  const { sid, name, status, ended, dateCreated, dateUpdated } = conference;
  const path = conferencePath(accountSid, sid);
  return {
    sid,
    account_sid: accountSid,
    friendly_name: name,
    status,
    region,
    reason_conference_ended: ended?.reason ?? null,
    call_sid_ending_conference: ended?.participant?.callSid ?? null,
    api_version: apiVersion,
    date_created: rfc2822(dateCreated),
    date_updated: rfc2822(dateUpdated),
    uri: `${path}.json`,
    subresource_uris: { participants: `${path}/Participants.json`, recordings: `${path}/Recordings.json` },
  };
}

/** Source: https://www.twilio.com/docs/voice/api/participant-resource#participant-properties */
export function formatParticipant(
  { sid }: Conference,
  { callSid, hold, isCoaching, settings, dateCreated, dateUpdated }: Participant,
  { accountSid }: FormatContext,
): object {
  return {
    account_sid: accountSid,
    call_sid: callSid,
    conference_sid: sid,
    label: settings.label,
    muted: settings.muted,
    hold,
    coaching: isCoaching,
    call_sid_to_coach: settings.callSidToCoach,
    start_conference_on_enter: settings.startConferenceOnEnter,
    end_conference_on_exit: settings.endConferenceOnExit,
    // Those whose phone rings are not in the conference here.
    status: 'connected',
    queue_time: '0',
    date_created: rfc2822(dateCreated),
    date_updated: rfc2822(dateUpdated),
    uri: `${conferencePath(accountSid, sid)}/Participants/${callSid}.json`,
  };
}

const conferencePath = (accountSid: string, sid: string): string =>
  `${accountPath(accountSid)}/Conferences/${sid}`;
