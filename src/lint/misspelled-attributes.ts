import { similarName } from '../common/similar-name';
import { comparisonsOf, pathsOf } from '../language/condition';
import { pathText } from '../language/operand-text';
import { attributeOf, type ExpressionScope } from './attribute-references';
import { type Finding, finding } from './finding';
import { conditionOf } from './parsed';

export interface PlacedExpression {
  readonly place: string;
  readonly source: string;
  readonly scope: ExpressionScope;
}

interface Use {
  readonly name: string;
  readonly place: string;
}

/** Our choice: shorter names differ too little to tell a misspelling from another attribute. */
const minLength = 6;

/**
 * Attributes of tasks whose names look like a misspelling of another one that expressions name more often, or earlier.
 * For workspaces without example tasks, where nothing else says which attributes tasks have.
 */
export function misspelledTaskAttributes(expressions: readonly PlacedExpression[]): Finding[] {
  const uses = expressions.flatMap(taskAttributesIn);
  const counts = new Map<string, number>();
  for (const { name } of uses) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts.keys()];
  return uses.flatMap(({ name, place }) => {
    const isUsual = (other: string) =>
      differsInLetters(name, other) &&
      ((counts.get(other) ?? 0) > (counts.get(name) ?? 0) ||
        (counts.get(other) === counts.get(name) && names.indexOf(other) < names.indexOf(name)));
    const usual = name.length < minLength ? undefined : similarName(name, names.filter(isUsual));
    return usual === undefined ? [] : [misspelled(name, usual, place)];
  });
}

function taskAttributesIn({ place, source, scope }: PlacedExpression): Use[] {
  const condition = conditionOf(source);
  if (!condition) return [];
  const paths = comparisonsOf(condition).flatMap(({ left, right }) => [left, right].flatMap(pathsOf));
  const attributes = paths.flatMap((path) => attributeOf(path, scope) ?? []);
  const names = attributes.filter(({ owner }) => owner === 'task').map(({ path }) => pathText(path));
  return [...new Set(names)].map((name) => ({ name, place }));
}

/** `skill_1` and `skill_2`, or `language` and `languages`, are usual pairs. */
function differsInLetters(one: string, other: string): boolean {
  const letters = (name: string) => name.replaceAll(/[\d_]|s\b/g, '').toLowerCase();
  return letters(one) !== letters(other);
}

const misspelled = (name: string, usual: string, place: string) =>
  finding(
    'unknown_task_attribute',
    `${name} looks like a misspelling of ${usual}, which other expressions read`,
    `Write ${usual} if you mean that; else list the attributes of your tasks in exampleTasks.`,
    place,
  );
