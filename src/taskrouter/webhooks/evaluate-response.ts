import type { SettleAssignmentCallback } from '../model/commands';
import { callbackInstructionNames } from '../model/instructions';
import { type Instruction, readInstruction } from '../model/read-instruction';
import { alerts, type CallbackAlert } from './alerts';
import type { Exchange } from './post';
import type { CallbackResponse } from './transport';

export type AssignmentResult = SettleAssignmentCallback['result'];

/** The meaning of a response; after `failed`, the fallback URL is next. */
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
 * Evaluates the response to an assignment callback.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks and the error pages of the codes.
 * Our choice: 204 equals an empty 200, and a redirect is a failure. After 40001, 40005, and 55555, the reservation stays
 * pending, and the fallback URL is not used.
 */
export function evaluateAssignmentResponse({ response, failure }: Exchange): EvaluatedResponse {
  if (failure) return failed(alerts.noResponse(failure.kind, failure.message));
  if (response.status !== 200 && response.status !== 204)
    return failed(alerts.badStatus(response.status, '200'));
  if (!response.body.trim()) return nothing(null);
  if (!isJson(response)) return failed(alerts.contentType(response.headers['content-type'] ?? ''));
  const json = objectFrom(response.body);
  if (!json) return nothing(alerts.notJson());
  return Object.keys(json).length ? evaluateInstruction(json) : nothing(null);
}

/**
 * Evaluates the response to an event callback: null if it is acceptable. Its body is ignored.
 * Our choice: any 2xx is acceptable, even with a body that is too large.
 */
export function evaluateEventResponse({ response, failure }: Exchange): CallbackAlert | null {
  if (failure) return failure.kind === 'too_large' ? null : alerts.noResponse(failure.kind, failure.message);
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

function evaluateInstruction(json: Readonly<Record<string, unknown>>): EvaluatedResponse {
  if (!Object.hasOwn(json, 'instruction')) return nothing(alerts.noInstruction());
  const { instruction: given, ...parameters } = json;
  const name = callbackInstructionNames.find((known) => known === given);
  if (!name) return nothing(alerts.unknownInstruction(given, callbackInstructionNames));
  const reading = readInstruction(name, parameters);
  if (!reading.ok) return nothing(alerts.badParameter(name, reading.fault));
  return execute(reading.instruction, accompanyingAlert(reading.instruction));
}

/**
 * Source: https://www.twilio.com/docs/api/errors/40100. This file checks only the form of values; the engine checks whether
 * an activity exists. Our choice: without an activity, the reservation is rejected anyway; with an invalid one, it is not.
 */
function accompanyingAlert({ name, parameters }: Instruction): CallbackAlert | null {
  return name === 'reject' && parameters.activity_sid === undefined ? alerts.rejectActivityMissing() : null;
}
