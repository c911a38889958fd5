import { maskUrl } from '../../common/mask-url';
import { phone } from '../model/instruction-readers';
import { remedyFor } from '../model/remedies';
import type { CallbackAlert } from '../webhooks/alerts';

const alert = (code: number, level: CallbackAlert['level'], message: string): CallbackAlert => ({
  code,
  level,
  message,
  remedy: remedyFor(code),
});

/** Every alert about TwiML. Source of the codes: https://www.twilio.com/docs/api/errors */
export const voiceAlerts = {
  invalidUrl: (url: string) => alert(11100, 'error', `“${maskUrl(url)}” is not a URL`),
  relativeUrl: (url: string) =>
    alert(11100, 'error', `“${maskUrl(url)}” is not absolute, and TwiML without a URL needs absolute ones`),
  tooManyRedirects: (max: number) => alert(11215, 'error', `more than ${max} redirects`),
  notTwiml: (detail: string) => alert(12100, 'error', `the response is not TwiML: ${detail}`),
  unknownVerb: (verb: string) => alert(12200, 'warning', `<${verb}> is not a verb here; it is skipped`),
  contentType: (type: string) =>
    alert(12300, 'error', `Content-Type ${type || 'missing'} instead of text/xml or application/xml`),
  /** Our choice: Twilio knows no such error, because it executes them. */
  notBuilt: (what: string) =>
    alert(20501, 'error', `The simulated phone cannot execute ${what}; it is skipped`),
  /** As `notBuilt`. @param what the names of attributes, and of their verb */
  ignored: (what: string) => alert(20501, 'warning', `The simulated phone ignores ${what}`),
  /** Our choice of code: TwiML that does not conform to its schema. */
  tooManyNouns: (max: number) =>
    alert(12200, 'warning', `<Dial> has more than ${max} nouns; the others are skipped`),
  /** Our choice: Twilio ends such a call when it has lasted four hours. */
  endless: (max: number) =>
    alert(20501, 'error', `the call ran more than ${max} documents while no time passed`),
  /** Source: https://www.twilio.com/docs/voice/twiml/enqueue */
  enqueueName: (name: string) => alert(name === '' ? 14204 : 14205, 'error', `<Enqueue>: ${nameFault(name)}`),
  dialQueueName: (name: string) => alert(name === '' ? 14212 : 14213, 'error', `<Queue>: ${nameFault(name)}`),
  coachedCallGone: (callSid: string) =>
    alert(13240, 'error', `<Conference>: coach="${callSid}" is not a call in this conference`),
  conferenceFull: (name: string) => alert(16020, 'error', `the conference ${name} is full`),
  labelInUse: (label: string) =>
    alert(16025, 'error', `<Conference>: another participant has the label ${label}; it is skipped`),
  notAnAddress: (address: string) =>
    alert(13223, 'warning', `<Dial>: “${address}” is not ${phone.wanted}; nobody is called`),
  invalidReservation: (sid: string) =>
    alert(14215, 'error', `<Queue>: reservationSid="${sid}" is not the SID of a Reservation`),
  reservationGone: (sid: string) =>
    alert(14217, 'error', `<Queue>: no caller waits for Reservation ${sid}, or it is not pending`),
  workerNotMoved: (detail: string) => alert(14218, 'error', `<Queue>: the Worker was not moved: ${detail}`),
  taskNotCreated: (detail: string) => alert(14222, 'error', `<Enqueue> created no Task: ${detail}`),
} as const;

const nameFault = (name: string): string =>
  name === '' ? 'the name of the queue is missing' : 'the name of the queue is too long';
