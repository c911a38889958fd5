import { rfc2822 } from '../../../common/rfc-2822';
import type { CallView } from '../../voice/calls/call-view';
import type { FormatContext } from './context';

export const apiVersion = '2010-04-01';
const subresources = [
  'Events',
  'Notifications',
  'Payments',
  'Recordings',
  'Siprec',
  'Streams',
  'Transcriptions',
  'UserDefinedMessages',
  'UserDefinedMessageSubscriptions',
];

/** The path below which everything of an account is. */
export const accountPath = (accountSid: string): string => `/${apiVersion}/Accounts/${accountSid}`;

/**
 * A call. Numbers of phones have no SID here, nobody pays, and nothing is known about the caller.
 * Source: https://www.twilio.com/docs/voice/api/call-resource#call-properties
 */
export function formatCall(call: CallView, { accountSid }: FormatContext): object {
  const path = `${accountPath(accountSid)}/Calls/${call.sid}`;
  const isCompleted = call.status === 'completed' && call.answeredAt !== null && call.endedAt !== null;
  return {
    sid: call.sid,
    date_created: rfc2822(call.dateCreated),
    date_updated: rfc2822(call.endedAt ?? call.answeredAt ?? call.dateCreated),
    parent_call_sid: call.parentCallSid,
    account_sid: accountSid,
    to: call.to,
    to_formatted: formattedNumber(call.to),
    from: call.from,
    from_formatted: formattedNumber(call.from),
    phone_number_sid: null,
    status: call.status,
    start_time: dateOrNull(startOf(call)),
    end_time: dateOrNull(call.endedAt),
    duration: isCompleted ? String(seconds(call.answeredAt, call.endedAt)) : null,
    price: null,
    price_unit: 'USD',
    direction: call.direction,
    answered_by: null,
    api_version: apiVersion,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(
      subresources.map((name) => [snakeCase(name), `${path}/${name}.json`]),
    ),
  };
}

const dateOrNull = (time: number | null): string | null => (time === null ? null : rfc2822(time));

/** Unix milliseconds; null if it has not been dialed yet. */
export const startOf = ({ status, dateCreated }: CallView): number | null =>
  status === 'queued' ? null : dateCreated;

const seconds = (from: number | null, to: number | null): number =>
  Math.floor(((to ?? 0) - (from ?? 0)) / 1000);

/** Numbers of North America as people there write them: `(415) 555-1212`. Our choice: others stay as they are. */
function formattedNumber(number: string): string {
  const [, area, office, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area === undefined ? number : `(${area}) ${office}-${line}`;
}

/** `SigningKeys` is `signing_keys`. */
export const snakeCase = (name: string): string =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
