import { type AssignmentInstruction, instructionNames } from './assignment-instructions';
import { type AssignmentOffer, readAssignmentOffer } from './assignment-offer';
import { assignmentPolicy } from './assignment-policy';
import type { AssignmentSettings } from './assignment-settings';
import { isObject } from './attributes';
import { CallbackError } from './callback-error';

/** A policy of the user's own making has the type of assignmentPolicy, but is not trusted to keep to it. */
export type AssignmentPolicy = (
  offer: AssignmentOffer,
  settings: AssignmentSettings,
) => AssignmentInstruction;

/**
 * The instruction for one assignment callback: `{}` or an object with a known `instruction`, never another object.
 * @throws {CallbackError} and whatever the policy throws.
 */
export function assignmentCallback(
  form: Readonly<Record<string, unknown>>,
  settings: AssignmentSettings,
  policy: AssignmentPolicy = assignmentPolicy,
): object {
  const answer: unknown = policy(readAssignmentOffer(form), settings);
  // Through JSON and back, so that what cannot be sent fails here and not in the runtime.
  if (isInstruction(answer)) return JSON.parse(JSON.stringify(answer));
  throw new CallbackError('policy_answer_invalid', 'the policy must answer {} or a known instruction');
}

/** A plain object: a promise, too, would turn into `{}` on the wire. */
function isInstruction(answer: unknown): answer is object {
  if (!isObject(answer) || Object.getPrototypeOf(answer) !== Object.prototype) return false;
  if (Object.keys(answer).length === 0) return true;
  return instructionNames.some((name) => name === answer.instruction);
}
