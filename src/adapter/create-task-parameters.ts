import { isObject, parseAttributes } from '../steps/attributes';
import type { CreateTaskParameters } from '../steps/create-task';
import { integer, optional, sid, text } from './parameter-readers';
import { ParameterError, readParameters, throwIfInvalid } from './parameters';
import type { FunctionEvent } from './runtime';

/** Ranges: https://www.twilio.com/docs/taskrouter/api/task#create-a-task-resource */
const readers = {
  attributes: optional(attributes),
  priority: optional(integer(0, 2_147_483_647)),
  timeout: optional(integer(1, 1_209_600)),
  taskChannel: optional(text),
  workflowSid: optional(sid('WW')),
};

/** Attributes are either one JSON object or loose parameters, whose values stay as given. */
export function createTaskParameters(event: FunctionEvent): CreateTaskParameters {
  const { values, errors, rest } = readParameters(readers, event);
  const loose = Object.keys(rest);
  const isBoth = loose.length > 0 && (values.attributes !== undefined || 'attributes' in errors);
  throwIfInvalid(isBoth ? { ...errors, attributes: notBoth(loose) } : errors);
  const parameters = loose.length > 0 ? { ...values, attributes: rest } : values;
  if (!isWritable(parameters.attributes)) throwIfInvalid({ attributes: 'are nested too deeply' });
  return parameters;
}

/** Values that are nested too deeply fill the call stack when they become JSON text again. */
function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

function notBoth(loose: readonly string[]): string {
  return `cannot be combined with separate attributes (${loose.slice(0, 5).join(', ')})`;
}

function attributes(value: unknown): Record<string, unknown> {
  const object = isObject(value) ? value : parseAttributes(value);
  if (object !== null) return object;
  throw new ParameterError('must be a JSON object, such as {"selected_language":"es"}');
}
