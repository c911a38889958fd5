/** Whether a text can be the attributes of a task, and what to tell the user about it. */
interface AttributesCheck {
  readonly valid: boolean;
  readonly message: string;
}

/** The same rule as in the Function: a JSON object. An empty text stands for the Function's default attributes. */
export function checkAttributes(text: string): AttributesCheck {
  if (text.trim() === '') return { valid: true, message: 'Empty: the Function uses its default attributes.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { valid: false, message: 'Invalid JSON: use double quotes around keys and strings.' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { valid: false, message: 'Must be a JSON object, for example {"selected_language":"es"}.' };
  }
  const count = Object.keys(value).length;
  return { valid: true, message: `Valid JSON: ${count} ${count === 1 ? 'attribute' : 'attributes'}.` };
}
