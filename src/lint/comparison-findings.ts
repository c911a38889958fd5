import { rememberedFor } from '../common/remembering';
import { similarName } from '../common/similar-name';
import { type Comparison, type ComparisonOperator, type Operand, pathsOf } from '../language/condition';
import { operandText, pathText } from '../language/operand-text';
import { type AttributeReference, attributeOf, type ExpressionScope } from './attribute-references';
import type { AttributeValues } from './attribute-values';
import { type Finding, finding } from './finding';

/** What is known about the attributes of workers and of tasks. */
export interface Vocabulary {
  readonly worker: AttributeValues;
  readonly task: AttributeValues;
}

/** What the attributes of workers and tasks say about one comparison: at most one finding for each attribute. */
export function comparisonFindings(
  comparison: Comparison,
  scope: ExpressionScope,
  vocabulary: Vocabulary,
): Finding[] {
  const paths = [comparison.left, comparison.right].flatMap(pathsOf);
  const missing = paths.flatMap((path) => {
    const attribute = attributeOf(path, scope);
    return attribute ? unknownAttribute(attribute, vocabulary) : [];
  });
  return missing.length > 0 ? missing : wrongKind(comparison, scope, vocabulary);
}

function unknownAttribute({ owner, path, text }: AttributeReference, vocabulary: Vocabulary): Finding[] {
  const attributes = vocabulary[owner];
  if (!attributes.areKnown || attributes.isField(path) || attributes.at(path).length > 0) return [];
  const name = pathText(path);
  const similar = similarName(name, attributes.allNames());
  const [code, who] =
    owner === 'worker'
      ? (['unknown_worker_attribute', 'worker'] as const)
      : (['unknown_task_attribute', 'task in exampleTasks'] as const);
  return [
    finding(
      code,
      `No ${who} has the attribute ${name}, so ${text} is NULL`,
      similar && similar !== name
        ? `Write ${similar} if you mean that.`
        : `Correct the name, or add the attribute to ${owner === 'worker' ? 'a worker' : 'an example task'}.`,
    ),
  ];
}

interface Side {
  readonly operand: Operand;
  readonly values: readonly unknown[];
}

function wrongKind(comparison: Comparison, scope: ExpressionScope, vocabulary: Vocabulary): Finding[] {
  const sides = [comparison.left, comparison.right].flatMap((operand): Side[] => {
    const values = valuesOf(operand, scope, vocabulary);
    return values ? [{ operand, values }] : [];
  });
  if (sides.length < 2) return [];
  const { operator } = comparison;
  const list = sides[listSides[operator] ?? -1];
  if (list && !list.values.some(Array.isArray)) return [noList(list, operator)];
  const compound = sides.find((side) => side !== list && side.values.every(isCompound));
  if (compound) return [noScalar(compound, operator)];
  const [left, right] = sides.map((side) => (side === list ? itemsOf(side.values) : side.values));
  return differentTypes(comparison, left ?? [], right ?? []);
}

/** Which side must be a list: the left one (0) or the right one (1). No other operator takes a list. */
const listSides: Partial<Record<ComparisonOperator, 0 | 1>> = { HAS: 0, IN: 1, 'NOT IN': 1 };

/** The values that an operand can have; undefined if they are not known. */
function valuesOf(
  operand: Operand,
  scope: ExpressionScope,
  vocabulary: Vocabulary,
): readonly unknown[] | undefined {
  if (operand.kind === 'constant') return operand.value === null ? undefined : [operand.value];
  if (operand.kind === 'list') {
    const items = operand.items.map((item) => valuesOf(item, scope, vocabulary));
    return items.includes(undefined) ? undefined : [items.flatMap((values) => values ?? [])];
  }
  const attribute = attributeOf(operand.path, scope);
  const attributes = attribute && vocabulary[attribute.owner];
  if (!attribute || !attributes?.areKnown || attributes.isField(attribute.path)) return undefined;
  const values = attributes.at(attribute.path);
  return values.length > 0 ? values : undefined;
}

const isCompound = (value: unknown) => typeof value === 'object' && value !== null;

function noList({ operand, values }: Side, operator: ComparisonOperator): Finding {
  const instead = operator === 'HAS' && values.every((value) => typeof value === 'string');
  return finding(
    'list_operator_on_text',
    `${operator} needs a list, and ${operandText(operand)} is ${kindOf(values[0])}: the comparison is never true`,
    instead ? 'Make it a list, or use == or CONTAINS.' : 'Make it a list, or use ==.',
  );
}

function noScalar({ operand }: Side, operator: ComparisonOperator): Finding {
  return finding(
    'text_operator_on_list',
    `${operator} compares single values, and ${operandText(operand)} is a list or an object: the comparison is never true`,
    'Use HAS or IN for a list, or name a part of the object.',
  );
}

function differentTypes(
  { left, operator, right }: Comparison,
  one: readonly unknown[],
  other: readonly unknown[],
): Finding[] {
  const [types, others] = [typesOf(one), typesOf(other)];
  if (types.size === 0 || others.size === 0 || [...types].some((type) => others.has(type))) return [];
  return [
    finding(
      'different_types',
      `${operandText(left)} ${operator} ${operandText(right)} compares ${kindOf(one[0])} with ${kindOf(other[0])}: TaskRouter converts neither, so they are never equal`,
      'Write both as numbers or both as texts.',
    ),
  ];
}

/** The items of lists, and what is no list. */
const itemsOf = rememberedFor((values) => values.flat());

/** The types of the single values among these. */
const typesOf = rememberedFor(
  (values) =>
    new Set(values.filter((value) => value !== null && !isCompound(value)).map((value) => typeof value)),
);

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'an object';
}
