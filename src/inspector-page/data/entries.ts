import type { ClockJson } from '../../taskrouter/control/clock-control';
import type { StateJson } from '../../taskrouter/control/state';
import type {
  AlertJson,
  CallbackAttemptJson,
  CallbackJson,
  EventJson,
  RequestJson,
} from '../../taskrouter/inspector/entry-json';

export type RequestEntry = RequestJson & { readonly type: 'request' };
export type CallbackEntry = CallbackJson & { readonly type: 'callback' };
/** Like the other entries, with its date as `at`. */
export type AlertEntry = AlertJson & { readonly type: 'alert'; readonly at: string };
export type Entry = RequestEntry | CallbackEntry | AlertEntry;

export type Attempt = CallbackAttemptJson;
/** An event of TaskRouter. */
export type EventEntry = EventJson;
export type ClockState = ClockJson;
export type ServiceState = StateJson;

/** An entry of the list from a message of `/_taskrouter/stream`; undefined for other messages. */
export function entryOf(type: string, data: object): Entry | undefined {
  switch (type) {
    case 'request':
      return { ...(data as RequestJson), type };
    case 'callback':
      return { ...(data as CallbackJson), type };
    case 'alert': {
      const alert = data as AlertJson;
      return { ...alert, type, at: alert.date };
    }
    default:
      return undefined;
  }
}

/** The reservation that an entry is about. An alert names it as its resource. */
export function reservationOf(entry: Entry): string | null {
  if (entry.type !== 'alert') return entry.reservation_sid;
  return entry.resource_sid.startsWith('WR') ? entry.resource_sid : null;
}
