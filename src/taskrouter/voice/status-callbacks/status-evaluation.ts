import type { CallbackAlert } from '../../webhooks/alerts';
import { noticeEvaluation, type ResponseEvaluation } from '../../webhooks/response-evaluation';

/** A status callback that was refused has a code of its own; one without a response has that of any request. */
const refusedWith = ({ code, level }: Pick<CallbackAlert, 'code' | 'level'>): ResponseEvaluation => ({
  ...noticeEvaluation,
  alertOf(exchange) {
    const alert = noticeEvaluation.alertOf(exchange);
    return alert && exchange.response ? { ...alert, code, level } : alert;
  },
});

/** Source: https://www.twilio.com/docs/api/errors/15003 */
export const callStatusEvaluation = refusedWith({ code: 15003, level: 'warning' });
/** Source: https://www.twilio.com/docs/api/errors/16011 */
export const conferenceStatusEvaluation = refusedWith({ code: 16011, level: 'error' });
