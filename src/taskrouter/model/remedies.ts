/**
 * What to do about each error code that TaskRouter's debugger can show. An alert that knows more than its code may give a
 * more exact remedy.
 * Source of the codes: https://www.twilio.com/docs/api/errors
 */
const remedies: Readonly<Record<number, string>> = {
  11100: 'Use a full URL that starts with http:// or https://.',
  11200: 'Check the log of the receiver. It must respond in time, with a success status.',
  11202: 'Check that the receiver is running and that the URL has its host and port.',
  11203: 'Respond first and work later: the limit is 5 s for assignment callbacks and 15 s for others.',
  11205: 'Check that the receiver is running and that the URL has its host and port.',
  11206: 'Make the receiver respond with valid, complete HTTP.',
  11210: 'Check the host name in the URL.',
  11215: 'Redirect to the URL of the TwiML itself.',
  11220: 'Use a certificate that this process trusts (NODE_EXTRA_CA_CERTS), or http://.',
  11750: 'Respond with only the instruction, or with a shorter document.',
  12100: 'Respond with XML whose root is Response.',
  12200: 'Check the spelling of the verb, and that it is allowed here.',
  12300: 'Respond with Content-Type text/xml.',
  13223: 'Dial a number such as +15550100, or use Client for a client and Sip for a SIP address.',
  13240: 'Coach a call that is in the conference: give its Call SID.',
  14204: 'Give Enqueue the name of a queue or a workflowSid.',
  14205: 'Use a name of at most 64 characters.',
  14212: 'Give Queue a name or a reservationSid.',
  14213: 'Use a name of at most 64 characters.',
  14215: 'Take the reservationSid from the assignment callback: WR and 32 hexadecimal digits.',
  14217: 'Dial the Queue with a reservationSid that is still pending.',
  14218: 'Give a postWorkActivitySid that exists in the Workspace.',
  14222:
    'Give Enqueue a Workflow that exists, and a Task that one of its filters or its default filter takes.',
  14240: 'Set Workers that do not work to an Activity that is not available.',
  14241: 'Use a StartDate within the last 30 days.',
  15003: 'Respond to the status callback with 200 or 204.',
  16011: 'Respond to the status callback with 200 or 204.',
  16020: 'Give maxParticipants of the first participant more room, at most 250.',
  16025: 'Give each participant of a conference a participantLabel of its own.',
  20429: 'Send fewer of these requests, or start without --rate-limits.',
  20501: 'Use a feature that the support table lists as supported, or the REST API.',
  40000: 'Respond with Content-Type application/json: pass an object, not a string, to callback().',
  40001: 'Respond with the JSON object itself, encoded once.',
  40005: 'Add "instruction" to the response, or respond with {} and use the REST API.',
  40100: 'Give reject the activity_sid of an Activity of the Workspace, best one that is not available.',
  40110: 'Give call a "to", or the Worker the attribute contact_uri.',
  40111: 'Give call a "from", a number that you own.',
  40112: 'Give call a "url" that answers with TwiML for the Worker.',
  40113: 'Check the numbers: the call to the Worker could not be made.',
  40114: 'Respond while the Reservation is pending: call came too late.',
  40120: 'Give redirect a "url" that answers with TwiML.',
  40121: 'Give redirect the "call_sid" of the call to be redirected.',
  40122: 'Check the call: it could not be redirected, and may have ended.',
  40123: 'Respond while the Reservation is pending: redirect came too late.',
  40130: 'Give a post_work_activity_sid that exists in the Workspace.',
  40131: 'Give dequeue a "to", or the Worker the attribute contact_uri.',
  40132: 'Give dequeue a "from", a number that you own.',
  40133: 'Check the numbers: the call to the Worker could not be made.',
  40134: 'Use initiated, ringing, answered and completed in status_callback_events.',
  40135: 'Respond while the Reservation is pending: dequeue came too late.',
  40136: 'Respond while the Reservation is pending: conference came too late.',
  40137: 'Give conference a "to", or the Worker the attribute contact_uri.',
  40138: 'Give conference a "from", a number that you own.',
  40139: 'Give a post_work_activity_sid that exists in the Workspace.',
  40140: 'Use dequeue only for Tasks of Enqueue, which have the attribute call_sid.',
  40141: 'Give conference a "from" that is a number you own.',
  40142: 'Use conference for Tasks with the attribute call_sid or outbound_to.',
  40143: 'Give a post_work_activity_sid that exists in the Workspace.',
  40144: 'Let the Reservation stay pending until the conference has begun.',
  40145: 'Check the numbers: a call of the conference could not be made.',
  40146: 'Supervise a Reservation that was accepted by conference and still goes on.',
  40147: 'Give the supervising Worker the attribute contact_uri.',
  40148: 'Check the number that the supervising Worker is called from.',
  40149: 'Supervise a Task that has a conference.',
  40151: 'Use accept, reject, conference or supervise for a Task that was transferred.',
  40152: 'Let the TargetWorkers of the TaskQueue take the Worker, or name another TaskQueue in the target.',
  40153: 'Follow next_page_url instead of counting pages with Page.',
  40154:
    "Put the Worker's sid or friendly name into the Task attribute that the target names, or null for nobody.",
  40155: 'Put the sid of a Worker of the same Workspace into the Task attribute.',
  40157: 'Give dequeue a valid http or https status_callback_url.',
  40158: 'Give call a valid http or https status_callback_url.',
  40159: 'Give conference valid http or https status callback URLs.',
  55555: 'Use one of the documented instructions, in lower case.',
  82005: 'Fix the Function, or the variable in .env that the message names.',
};

/** The codes that have a remedy. */
export const knownCodes: readonly number[] = Object.keys(remedies).map(Number);

/** Empty without a code. */
export function remedyFor(code: number | null): string {
  if (code === null) return '';
  return remedies[code] ?? `See https://www.twilio.com/docs/errors/${code}.`;
}
