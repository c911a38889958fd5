/** What is to be said of a text that should be the attributes of a task. */
export interface AttributesCheck {
  readonly valid: boolean;
  readonly message: string;
}

/** The same rule as the Function's: a JSON object. Nothing at all stands for the default of the Function. */
export function checkAttributes(text: string): AttributesCheck {
  if (text.trim() === '')
    return { valid: true, message: 'Empty: the Function takes its default attributes.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { valid: false, message: 'Not JSON yet: names and texts stand in "double quotes".' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { valid: false, message: 'Must be an object, such as {"selected_language":"es"}.' };
  }
  const count = Object.keys(value).length;
  return { valid: true, message: `A JSON object with ${count} ${count === 1 ? 'attribute' : 'attributes'}.` };
}
