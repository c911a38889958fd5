import type { Operand, Path } from './condition';

/** Lists can be long. Our choice. */
const maxItemsShown = 3;

/** An operand as an expression spells it; of a long list, its beginning. */
export function operandText(operand: Operand): string {
  if (operand.kind === 'constant') return JSON.stringify(operand.value);
  if (operand.kind === 'reference') return pathText(operand.path);
  const shown = operand.items.slice(0, maxItemsShown).map(operandText);
  return `[${(operand.items.length > maxItemsShown ? [...shown, '…'] : shown).join(', ')}]`;
}

/** `a.b[2].c`. */
export function pathText([first, ...steps]: Path): string {
  return first + steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
}
