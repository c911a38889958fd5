import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readForm } from '../http/form-body';
import type { ApiOptions } from '../http/options';
import { Parameters } from '../http/parameters';
import { InvalidParameter, ResourceNotFound } from '../model/errors';
import { phone as phoneAddress } from '../model/instruction-readers';
import { callActions } from '../voice/calls/call-actions';
import type { CallView } from '../voice/calls/call-view';
import { ownNumber } from '../voice/simulated-phone';

type Phone = NonNullable<ApiOptions['phone']>;

/**
 * `/_taskrouter/calls`: simulated calls. `POST` with the form fields `from`, `to`, `digits`, `speech`, `hang_up_after`
 * (seconds), `url`, `method`, and `fallback_url` begins one. `POST …/{CA}` with `digits`, `speech`, or `action` (`hang_up`;
 * for somebody who is called also `answer` and `decline`) continues it.
 */
export function addCalls(app: FastifyInstance, phone: Phone): void {
  app.post('/_taskrouter/calls', async (request, reply) => {
    const call = await begin(new Parameters(readForm(request)), phone);
    return reply.code(201).send(callToJson(call));
  });
  app.get('/_taskrouter/calls', () => ({ calls: phone.calls.list().map(callToJson) }));
  app.get('/_taskrouter/calls/:calls', async (request) => callToJson(await found(request, phone)));
  app.post('/_taskrouter/calls/:calls', async (request) => {
    const call = await found(request, phone);
    await proceed(call.sid, new Parameters(readForm(request)), phone);
    return callToJson(call);
  });
}

function begin(parameters: Parameters, phone: Phone): Promise<CallView> {
  return phone.call({
    from: address(parameters, 'from') ?? parameters.required('from'),
    to: address(parameters, 'to') ?? ownNumber,
    digits: keys(parameters),
    speech: parameters.all('speech'),
    hangUpAfterSeconds: seconds(parameters, 'hang_up_after'),
    url: parameters.url('url'),
    method: parameters.oneOf('method', ['GET', 'POST']),
    fallbackUrl: parameters.url('fallback_url'),
  });
}

function proceed(sid: string, parameters: Parameters, phone: Phone): Promise<void> {
  if (['digits', 'speech', 'action'].filter((name) => parameters.text(name)).length > 1)
    throw new InvalidParameter('Only one of digits, speech, and action can be given');
  const digits = keys(parameters);
  if (digits !== undefined) return phone.press(sid, digits);
  const speech = parameters.text('speech');
  if (speech !== undefined) return phone.say(sid, speech);
  const action = parameters.oneOf('action', callActions);
  if (action === undefined) throw InvalidParameter.missing('digits, speech, or action');
  return phone.act(sid, action);
}

/** @throws ResourceNotFound */
async function found({ params, url }: FastifyRequest, phone: Phone): Promise<CallView> {
  const call = await phone.show((params as { readonly calls: string }).calls);
  if (!call) throw new ResourceNotFound(url);
  return call;
}

/** @throws InvalidParameter */
function address(parameters: Parameters, name: string): string | undefined {
  const text = parameters.text(name);
  if (text === undefined || text === '') return undefined;
  return phoneAddress.read(text) ?? refuse(name, text, phoneAddress.wanted);
}

function keys(parameters: Parameters): string | undefined {
  const text = parameters.text('digits') || undefined;
  if (text === undefined || /^[0-9*#]+$/.test(text)) return text;
  return refuse('digits', text, 'made of the keys 0 to 9, * and #');
}

function seconds(parameters: Parameters, name: string): number | undefined {
  const value = parameters.integer(name);
  return value === undefined || value >= 0 ? value : refuse(name, String(value), 'a number of seconds');
}

function refuse(name: string, value: string, wanted: string): never {
  throw new InvalidParameter(`Value '${value}' provided for ${name} is not ${wanted}`);
}

/** A call as this API and the stream show it. */
export const callToJson = (call: CallView) => ({
  call_sid: call.sid,
  from: call.from,
  to: call.to,
  direction: call.direction,
  parent_call_sid: call.parentCallSid,
  status: call.status,
  task_sid: call.taskSid,
  worker_sid: call.workerSid,
  reservation_sid: call.reservationSid,
  date_created: iso(call.dateCreated),
  answered_at: iso(call.answeredAt),
  ended_at: iso(call.endedAt),
  line_count: call.lineCount,
  transcript: call.transcript.map((line) => ({ ...line, at: new Date(line.at).toISOString() })),
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
