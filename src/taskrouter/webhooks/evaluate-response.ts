import type { SettleAssignmentCallback } from '../model/commands';
import { callbackInstructionNames } from '../model/instructions';
import { type Instruction, readInstruction } from '../model/read-instruction';
import { alerts, type CallbackAlert } from './alerts';
import type { Exchange } from './post';
import type { CallbackResponse } from './transport';

export type AssignmentResult = SettleAssignmentCallback['result'];

/** What one URL's answer amounts to: `failed` leads on to the fallback URL. */
export interface EvaluatedResponse {
  readonly result: AssignmentResult;
  readonly alert: CallbackAlert | null;
}

const failed = (alert: CallbackAlert): EvaluatedResponse => ({ result: { kind: 'failed' }, alert });
const nothing = (alert: CallbackAlert | null): EvaluatedResponse => ({ result: { kind: 'none' }, alert });
const execute = (instruction: Instruction, alert: CallbackAlert | null = null): EvaluatedResponse => ({
  result: { kind: 'instruction', instruction },
  alert,
});

/**
 * Judges what an assignment callback's URL answered.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks and the error pages of the codes.
 * Our choice: 204 is like an empty 200; a redirect counts as failure; 40001, 40005 and 55555 leave the reservation
 * pending and do not lead to the fallback.
 */
export function evaluateAssignmentResponse({ response, failure }: Exchange): EvaluatedResponse {
  if (failure) return failed(alerts.unanswered(failure.kind, failure.message));
  if (response.status !== 200 && response.status !== 204)
    return failed(alerts.badStatus(response.status, '200'));
  if (!response.body.trim()) return nothing(null);
  if (!isJson(response)) return failed(alerts.contentType(response.headers['content-type'] ?? ''));
  const answer = objectFrom(response.body);
  if (!answer) return nothing(alerts.notJson());
  return Object.keys(answer).length ? evaluateInstruction(answer) : nothing(null);
}

/**
 * Null when an event callback was answered as it should be. The content of the answer is not looked at.
 * Our choice: any 2xx will do, and so does one that says too much.
 */
export function evaluateEventResponse({ response, failure }: Exchange): CallbackAlert | null {
  if (failure) return failure.kind === 'too_large' ? null : alerts.unanswered(failure.kind, failure.message);
  return response.status >= 200 && response.status < 300 ? null : alerts.badStatus(response.status, '2xx');
}

function isJson({ headers }: CallbackResponse): boolean {
  return /^\s*application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}

function objectFrom(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function evaluateInstruction(answer: Readonly<Record<string, unknown>>): EvaluatedResponse {
  if (!Object.hasOwn(answer, 'instruction')) return nothing(alerts.noInstruction());
  const { instruction: given, ...parameters } = answer;
  const name = callbackInstructionNames.find((known) => known === given);
  if (!name) return nothing(alerts.unknownInstruction(given, callbackInstructionNames));
  const reading = readInstruction(name, parameters);
  if (!reading.ok) return nothing(alerts.badParameter(name, reading.fault));
  return execute(reading.instruction, accompanyingAlert(reading.instruction));
}

/**
 * Source: https://www.twilio.com/docs/api/errors/40100. Only the shapes of values are looked at here; whether an
 * activity exists or a telephone is known is for the engine to say. Our choice: without an activity it rejects all the
 * same, with a bad one it does not.
 */
function accompanyingAlert({ name, parameters }: Instruction): CallbackAlert | null {
  return name === 'reject' && parameters.activity_sid === undefined ? alerts.rejectActivityMissing() : null;
}
