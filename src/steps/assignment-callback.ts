import { type AssignmentInstruction, instructionNames } from './assignment-instructions';
import { type AssignmentOffer, readAssignmentOffer } from './assignment-offer';
import { assignmentPolicy } from './assignment-policy';
import type { AssignmentSettings } from './assignment-settings';
import { isObject } from './attributes';
import { CallbackError } from './callback-error';

/** The type of assignmentPolicy. What an edited policy returns is checked all the same. */
export type AssignmentPolicy = (
  offer: AssignmentOffer,
  settings: AssignmentSettings,
) => AssignmentInstruction;

/**
 * The instruction for one assignment callback: `{}`, or an object with a known `instruction`.
 * @throws {CallbackError} `policy_answer_invalid`, and anything the policy throws.
 */
export function assignmentCallback(
  form: Readonly<Record<string, unknown>>,
  settings: AssignmentSettings,
  policy: AssignmentPolicy = assignmentPolicy,
): object {
  const instruction: unknown = policy(readAssignmentOffer(form), settings);
  // Through JSON and back: a value that cannot be sent fails here and not in the runtime.
  if (isInstruction(instruction)) return JSON.parse(JSON.stringify(instruction));
  throw new CallbackError('policy_answer_invalid', 'the policy must return {} or a known instruction');
}

/** Only plain objects: a promise, for example, would become `{}` in JSON. */
function isInstruction(value: unknown): value is object {
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return false;
  if (Object.keys(value).length === 0) return true;
  return instructionNames.some((name) => name === value.instruction);
}
