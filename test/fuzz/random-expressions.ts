import type { Random } from '../simulation/random';

const operators = [
  '==',
  '!=',
  '=',
  '>',
  '<',
  '>=',
  '<=',
  'HAS',
  'IN',
  'CONTAINS',
  'NOT IN',
  '>-',
  '<-',
  'has',
];
const references = [
  'selected_language',
  'languages',
  'level',
  'worker.level',
  'task.a',
  'a.b[0].c',
  '$x',
  '_',
];
const constants = ['"es"', "'en'", '"\\""', '""', '0', '-1', '1.5', '9'.repeat(40), 'true', 'false', 'null'];

/** An expression of TaskRouter's grammar, or a damaged one. */
export function randomExpression(random: Random): string {
  if (random.once(12)) return random.of(longExpressions)(random.integer(1, 4000));
  const text = disjunction(random, 3);
  if (!random.once(4)) return text;
  const at = random.integer(0, text.length);
  return text.slice(0, at) + random.of(['(', ')', '"', '[', '\0', ' AND ', '🦜']) + text.slice(at);
}

const longExpressions: readonly ((size: number) => string)[] = [
  (size) => `${'('.repeat(size)}1==1${')'.repeat(size)}`,
  (size) => `${'['.repeat(size)}`,
  (size) => Array.from({ length: size }, () => 'a==1').join(' OR '),
  (size) => `languages HAS "${'x'.repeat(size * 10)}"`,
  (size) => `a IN [${'1,'.repeat(size)}1]`,
  (size) => `a${'.b'.repeat(size)} == 1`,
  (size) => ' '.repeat(size * 10),
];

/** An expression of TaskRouter's grammar. */
export const validExpression = (random: Random): string => disjunction(random, 2);

function disjunction(random: Random, depth: number): string {
  const terms = Array.from({ length: random.integer(1, 3) }, () => term(random, depth));
  return terms.join(random.of([' AND ', ' OR ', ' and ', '\tOR\n']));
}

function term(random: Random, depth: number): string {
  if (depth > 0 && random.once(3)) return `(${disjunction(random, depth - 1)})`;
  return `${operand(random, depth)} ${random.of(operators)} ${operand(random, depth)}`;
}

function operand(random: Random, depth: number): string {
  if (depth > 0 && random.once(6))
    return `[${Array.from({ length: random.integer(0, 3) }, () => operand(random, depth - 1)).join(', ')}]`;
  return random.of(random.once(2) ? references : constants);
}
