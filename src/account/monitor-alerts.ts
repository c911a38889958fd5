import type { Twilio } from 'twilio';
import {
  type CallbackFailureReason,
  type CallbackRequest,
  type RecentAlert,
  shownUrl,
} from '../doctor/condition';
import { thresholds } from '../doctor/thresholds';
import { knownCodes, remedyFor } from '../taskrouter/model/remedies';

/** An alert of Twilio's debugger, as the official client gives it: https://www.twilio.com/docs/usage/monitor-alert */
export interface MonitorAlert {
  readonly errorCode: string;
  readonly dateGenerated: Date;
  /** A sentence, or a form with the fields `Msg`, `httpResponse`, and others. */
  readonly alertText: string;
  readonly requestUrl: string;
  readonly resourceSid: string;
}

/** The alerts that count, at most 1,000. @throws RestException of the client, with its `status` */
export function readAlerts({ monitor }: Pick<Twilio, 'monitor'>, now: number): Promise<MonitorAlert[]> {
  const startDate = new Date(now - thresholds.recentMs);
  return monitor.v1.alerts.list({ startDate, pageSize: 1000, limit: 1000 });
}

/** What alerts say about callbacks and about TaskRouter. */
export interface AlertedCondition {
  readonly callbacks: CallbackRequest[];
  readonly alerts: RecentAlert[];
}

/**
 * An account has alerts of all its products. Those about the callback URLs are failed requests, those with codes of
 * TaskRouter's are alerts, and the others have nothing to do with a workspace.
 */
export function conditionOfAlerts(
  alerts: readonly MonitorAlert[],
  callbackUrls: readonly string[],
): AlertedCondition {
  const urls = new Set(callbackUrls.map(shownUrl));
  const isCallback = (alert: MonitorAlert) => urls.has(shownUrl(alert.requestUrl ?? ''));
  return {
    callbacks: alerts.filter(isCallback).map(failedRequest),
    alerts: alerts.filter((alert) => !isCallback(alert) && isOfTaskRouter(alert)).map(recentAlert),
  };
}

/** The codes of TaskRouter: https://www.twilio.com/docs/api/errors. The others that are known are about any request. */
const isOfTaskRouter = ({ errorCode }: MonitorAlert) =>
  /^(?:142\d\d|40\d{3}|55555)$/.test(errorCode) && knownCodes.includes(Number(errorCode));

function failedRequest(alert: MonitorAlert): CallbackRequest {
  return {
    kind: 'assignment',
    url: shownUrl(alert.requestUrl),
    at: alert.dateGenerated.getTime(),
    durationMs: 0,
    failure: {
      reason: reasonOf(alert),
      message: messageOf(alert),
      remedy: remedyFor(Number(alert.errorCode)),
    },
  };
}

/** Nothing was there to respond: the host, the connection, or its encryption failed. */
const unreachableCodes: readonly string[] = ['11100', '11202', '11205', '11210', '11220', '11237'];

function reasonOf({ errorCode, alertText }: MonitorAlert): CallbackFailureReason {
  if (unreachableCodes.includes(errorCode)) return 'unreachable';
  const status = new URLSearchParams(alertText).get('httpResponse');
  return status === '401' || status === '403' ? 'signature_refused' : 'failed';
}

function recentAlert(alert: MonitorAlert): RecentAlert {
  const code = Number(alert.errorCode);
  return {
    code,
    at: alert.dateGenerated.getTime(),
    place: alert.resourceSid,
    message: messageOf(alert),
    remedy: remedyFor(code),
  };
}

/** Characters. Alerts can hold whole documents. */
const maxMessageLength = 200;

/** The message alone: the other fields can hold URLs with secrets. */
function messageOf({ errorCode, alertText }: MonitorAlert): string {
  const text = alertText.includes('=') ? new URLSearchParams(alertText).get('Msg') : alertText;
  const message = (text ?? '').replace(/\s+/g, ' ').trim().slice(0, maxMessageLength).replace(/\.$/, '');
  return `Twilio's debugger has error ${errorCode}${message && `: ${message}`}`;
}
