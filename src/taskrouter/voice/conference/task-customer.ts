import type { Task } from '../../model/entities';
import type { LiveCall } from '../calls/live-call';
import { Redirected } from '../twiml/redirected';
import type { VoiceServices } from '../voice-services';
import { addParticipant } from './add-participant';
import type { Conference } from './conference';
import { Participant } from './participant';
import { stay } from './stay';
import { type ConferenceValues, customerSettings, joinCall, musicOf } from './task-participants';

/**
 * Brings the customer of a task into its conference: a caller is moved there, and the number in `outbound_to` is called.
 * @param callSid of the customer, as the task's attributes name it
 */
export function bringCustomer(
  conference: Conference,
  callSid: string,
  task: Task,
  values: ConferenceValues,
  services: VoiceServices,
): void {
  const caller = services.calls.find(callSid);
  const { outbound_to: to, call_sid: parked } = task.attributes.value;
  if (caller && !caller.isOver) move(caller, conference, values, services);
  else if (typeof to === 'string' && parked !== callSid)
    callCustomer(conference, { sid: callSid, to, task }, values, services);
  else conference.join(absent(callSid, values));
}

/**
 * Our choice: as the documentation of Studio hints, the caller's call is redirected, so that it ends with the conference.
 * Source: https://www.twilio.com/docs/studio/widget-library/enqueue-call
 */
function move(
  caller: LiveCall,
  conference: Conference,
  values: ConferenceValues,
  services: VoiceServices,
): void {
  const joining = { settings: customerSettings(values), music: musicOf(values) };
  const participant = joinCall(conference, caller, joining, services);
  caller.flow?.end(new Redirected((flow) => stay(participant, conference, flow)));
}

/** https://www.twilio.com/docs/voice/api/participant-resource: how long the phone of a participant rings. */
export const ringSeconds = 60;

/** Our choice: a customer who was called hangs up when nobody else is in the conference. */
function callCustomer(
  conference: Conference,
  { sid, to, task }: { readonly sid: string; readonly to: string; readonly task: Task },
  values: ConferenceValues,
  services: VoiceServices,
): void {
  const from = String(task.attributes.value.from ?? '');
  const settings = customerSettings(values);
  const wanted = { sid, from, to, taskSid: task.sid, timeoutSeconds: ringSeconds, settings };
  addParticipant(conference, { ...wanted, staysAlone: false }, services);
}

/** Our choice: a customer whose call is not simulated is in the conference until everybody else has left. */
const absent = (callSid: string, values: ConferenceValues): Participant =>
  new Participant({
    callSid,
    name: 'customer',
    call: null,
    music: null,
    settings: customerSettings(values),
    staysAlone: false,
  });
