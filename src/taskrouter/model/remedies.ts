/**
 * What to do about each code of TaskRouter's that the debugger can show, in one sentence. A callback's own alert, which
 * knows more of what was answered, may say it more exactly.
 * Source of the codes: https://www.twilio.com/docs/api/errors
 */
const remedies: Readonly<Record<number, string>> = {
  11100: 'Give the full URL, starting with http:// or https://.',
  11200: 'See the log of the receiver: it must answer in time, with a status of success.',
  11202: 'Check that the receiver runs, and that the URL names its host and port.',
  11203: 'Answer first and work later: an assignment callback has 5 s, an event callback 15 s.',
  11205: 'Check that the receiver runs, and that the URL names its host and port.',
  11206: 'Let the receiver answer with well-formed, complete HTTP.',
  11210: 'Check the host name in the URL.',
  11220: 'Give the receiver a certificate that this process trusts, or use http://.',
  11750: 'Answer with the instruction alone.',
  14217: 'Dial the Queue with a reservationSid that is still pending.',
  14218: 'Give a postWorkActivitySid that exists in the Workspace.',
  14222:
    'Give Enqueue a Workflow that exists, and a Task that one of its filters or its default filter takes.',
  14240: 'Set Workers that do not work to an Activity that is not available.',
  14241: 'Ask for a StartDate within the last 30 days.',
  20429: 'Send fewer of these requests, or start without --rate-limits.',
  20501: 'Use what the support table calls supported, or decide over the REST API.',
  40000: 'Answer with Content-Type application/json: hand the object, not text, to callback().',
  40001: 'Answer with the JSON object itself, encoded once.',
  40005: 'Add "instruction" to the answer, or answer {} to decide over the REST API.',
  40100: 'Give reject the activity_sid of an Activity of the Workspace, best one that is not available.',
  40110: 'Give call a "to", or the Worker the attribute contact_uri.',
  40111: 'Give call a "from": a number of yours.',
  40112: 'Give call a "url" that answers with TwiML for the Worker.',
  40113: 'Look at the numbers: the call to the Worker could not be made.',
  40114: 'Answer while the Reservation is pending: call came too late.',
  40120: 'Give redirect a "url" that answers with TwiML.',
  40121: 'Give redirect the "call_sid" of the call to be redirected.',
  40122: 'Look at the call: it could not be redirected, and may be over.',
  40123: 'Answer while the Reservation is pending: redirect came too late.',
  40130: 'Give a post_work_activity_sid that exists in the Workspace.',
  40131: 'Give dequeue a "to", or the Worker the attribute contact_uri.',
  40132: 'Give dequeue a "from": a number of yours.',
  40133: 'Look at the numbers: the call to the Worker could not be made.',
  40134: 'Use initiated, ringing, answered and completed in status_callback_events.',
  40135: 'Answer while the Reservation is pending: dequeue came too late.',
  40136: 'Answer while the Reservation is pending: conference came too late.',
  40137: 'Give conference a "to", or the Worker the attribute contact_uri.',
  40138: 'Give conference a "from": a number of yours.',
  40139: 'Give a post_work_activity_sid that exists in the Workspace.',
  40140: 'Use dequeue only for Tasks of Enqueue, which have the attribute call_sid.',
  40141: 'Give conference a "from" that is a number of yours.',
  40142: 'Use conference for Tasks with the attribute call_sid or outbound_to.',
  40143: 'Leave post_work_activity_sid out: in a multitasking Workspace it is refused.',
  40144: 'Let the Reservation stay pending until the conference has begun.',
  40145: 'Look at the numbers: a call of the conference could not be made.',
  40146: 'Supervise a Reservation that was accepted by conference and still goes on.',
  40147: 'Give the supervising Worker the attribute contact_uri.',
  40148: 'Look at the number that the supervising Worker is called from.',
  40149: 'Supervise a Task that has a conference.',
  40151: 'Use accept, reject, conference or supervise for a Task that was transferred.',
  40152: 'Let the TargetWorkers of the TaskQueue take the Worker, or name another TaskQueue in the target.',
  40153: 'Follow next_page_url instead of counting pages with Page.',
  40154:
    "Put the Worker's sid or friendly name into the Task attribute that the target names, or null for nobody.",
  40155: 'Put the sid of a Worker of the same Workspace into the Task attribute.',
  40157: 'Give dequeue a status_callback_url that is a whole http or https URL.',
  40158: 'Give call a status_callback_url that is a whole http or https URL.',
  40159: 'Give conference status callback URLs that are whole http or https URLs.',
  55555: 'Use one of the documented instructions, in lower case.',
};

/** The codes that have a remedy here. */
export const knownCodes: readonly number[] = Object.keys(remedies).map(Number);

export function remedyFor(code: number): string {
  return remedies[code] ?? `See https://www.twilio.com/docs/errors/${code}.`;
}
