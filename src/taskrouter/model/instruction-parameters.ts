import { flag, integer, oneOf, phone, type Reader, sid, someOf, text, url } from './instruction-readers';
import type { InstructionName } from './instructions';

/** One parameter of an instruction, under both its names. */
export interface InstructionParameter<Value = unknown, Required extends boolean = boolean> {
  /** Its names over REST, the documented one first. */
  readonly rest: readonly string[];
  readonly reader: Reader<Value>;
  /** Twilio's error code for a bad or missing value; null if none is documented. */
  readonly code: number | null;
  readonly required: Required;
}

const optional = <Value>(
  rest: string | readonly string[],
  reader: Reader<Value>,
  code: number | null = null,
) => ({ rest: [rest].flat(), reader, code, required: false }) as const;
const required = <Value>(rest: string, reader: Reader<Value>, code: number | null = null) =>
  ({ rest: [rest], reader, code, required: true }) as const;

/** How long a worker's telephone rings, in seconds; a SIP address has a lower maximum. */
export const ringSeconds = { default: 60, min: 1, max: 999, maxSip: 600 } as const;

const ring = integer(ringSeconds.min, ringSeconds.max);
const record = oneOf('record-from-answer', 'do-not-record');
const method = oneOf('GET', 'POST');
const activity = sid('WA', 'an Activity of this Workspace');
const callEvents = someOf('initiated', 'ringing', 'answered', 'completed');
const conferenceEvents = someOf('start', 'end', 'join', 'leave', 'mute', 'hold', 'speaker');

/**
 * Every parameter of every instruction: its name in the response to an assignment callback, its name over REST, its
 * form, and its error code.
 * Sources: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks, …/docs/taskrouter/api/reservations,
 * Twilio's OpenAPI description, and the pages of the codes under https://www.twilio.com/docs/api/errors
 */
export const instructionParameters = {
  accept: {},
  reject: { activity_sid: optional('WorkerActivitySid', activity, 40100) },
  dequeue: {
    to: optional('DequeueTo', phone, 40131),
    from: optional('DequeueFrom', phone, 40132),
    post_work_activity_sid: optional('DequeuePostWorkActivitySid', activity, 40130),
    record: optional('DequeueRecord', record),
    timeout: optional('DequeueTimeout', ring),
    status_callback_url: optional('DequeueStatusCallbackUrl', url, 40157),
    status_callback_events: optional(
      // The worker SDK sends the plural.
      ['DequeueStatusCallbackEvent', 'DequeueStatusCallbackEvents'],
      callEvents,
      40134,
    ),
  },
  call: {
    to: optional('CallTo', phone, 40110),
    from: required('CallFrom', phone, 40111),
    url: required('CallUrl', url, 40112),
    accept: optional('CallAccept', flag),
    record: optional('CallRecord', record),
    timeout: optional('CallTimeout', ring),
    status_callback_url: optional('CallStatusCallbackUrl', url, 40158),
  },
  redirect: {
    call_sid: required('RedirectCallSid', sid('CA', 'the parked call'), 40121),
    url: required('RedirectUrl', url, 40120),
    accept: optional('RedirectAccept', flag),
  },
  conference: {
    to: optional('To', phone, 40137),
    from: optional('From', phone, 40141),
    timeout: optional('Timeout', ring),
    post_work_activity_sid: optional('PostWorkActivitySid', activity, 40139),
    status_callback: optional('StatusCallback', url, 40159),
    status_callback_method: optional('StatusCallbackMethod', method),
    status_callback_event: optional('StatusCallbackEvent', callEvents),
    record: optional('Record', flag),
    muted: optional('Muted', flag),
    beep: optional('Beep', oneOf('true', 'false', 'onEnter', 'onExit')),
    beep_on_customer_entrance: optional('BeepOnCustomerEntrance', flag),
    start_conference_on_enter: optional('StartConferenceOnEnter', flag),
    end_conference_on_exit: optional('EndConferenceOnExit', flag),
    end_conference_on_customer_exit: optional('EndConferenceOnCustomerExit', flag),
    early_media: optional('EarlyMedia', flag),
    wait_url: optional('WaitUrl', url),
    wait_method: optional('WaitMethod', method),
    sip_auth_username: optional('SipAuthUsername', text),
    sip_auth_password: optional('SipAuthPassword', text),
    jitter_buffer_size: optional('JitterBufferSize', oneOf('small', 'medium', 'large', 'off')),
    max_participants: optional('MaxParticipants', integer(2, 250)),
    conference_status_callback: optional('ConferenceStatusCallback', url, 40159),
    conference_status_callback_method: optional('ConferenceStatusCallbackMethod', method),
    conference_status_callback_event: optional('ConferenceStatusCallbackEvent', conferenceEvents),
    conference_record: optional(
      'ConferenceRecord',
      oneOf('true', 'false', 'record-from-start', 'do-not-record'),
    ),
    conference_trim: optional('ConferenceTrim', oneOf('trim-silence', 'do-not-trim')),
    recording_channels: optional('RecordingChannels', oneOf('mono', 'dual')),
    recording_status_callback: optional('RecordingStatusCallback', url, 40159),
    recording_status_callback_method: optional('RecordingStatusCallbackMethod', method),
    conference_recording_status_callback: optional('ConferenceRecordingStatusCallback', url, 40159),
    conference_recording_status_callback_method: optional('ConferenceRecordingStatusCallbackMethod', method),
    region: optional('Region', oneOf('us1', 'us2', 'ie1', 'de1', 'sg1', 'br1', 'au1', 'jp1')),
  },
  supervise: {
    supervisor: required('Supervisor', text),
    supervisor_mode: optional('SupervisorMode', oneOf('monitor', 'whisper', 'barge')),
    from: optional('From', phone, 40148),
  },
} as const satisfies Record<InstructionName, Readonly<Record<string, InstructionParameter>>>;

type Parameters<Name extends InstructionName> = (typeof instructionParameters)[Name];
type ValueOf<Parameter> = Parameter extends InstructionParameter<infer Value> ? Value : never;

/** The values of an instruction, as read: the required ones, and those of the others that were given. */
export type InstructionValues<Name extends InstructionName> = {
  readonly [K in keyof Parameters<Name> as Parameters<Name>[K] extends { required: true }
    ? K
    : never]: ValueOf<Parameters<Name>[K]>;
} & {
  readonly [K in keyof Parameters<Name> as Parameters<Name>[K] extends { required: true }
    ? never
    : K]?: ValueOf<Parameters<Name>[K]>;
};
