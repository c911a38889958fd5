import { type Condition, comparisonsOf, type Operand } from '../language/condition';
import { pathText } from '../language/operand-text';

interface EarlierFilter {
  readonly name: string;
  readonly condition: Condition;
}

/**
 * The filters before one, by what they require: a workflow can have a thousand that each require another value of one
 * attribute, and comparing all pairs takes most of the time of lint.
 */
export class EarlierFilters {
  private readonly requiring = new Map<string, Numbered[]>();
  private readonly others: Numbered[] = [];
  private count = 0;

  add(filter: EarlierFilter): void {
    const numbered = { ...filter, number: this.count++ };
    const key = equalityOf(filter.condition);
    if (key === undefined) this.others.push(numbered);
    else this.requiring.set(key, [...(this.requiring.get(key) ?? []), numbered]);
  }

  /** Those that the condition can imply, in their order. A condition without their equality implies none of the others. */
  candidates(condition: Condition): readonly EarlierFilter[] {
    const keys = new Set(comparisonsOf(condition).flatMap(({ left, right }) => equalitiesOf(left, right)));
    const required = [...keys].flatMap((key) => this.requiring.get(key) ?? []);
    return [...this.others, ...required].sort((left, right) => left.number - right.number);
  }
}

interface Numbered extends EarlierFilter {
  readonly number: number;
}

/** An equality that must hold for the condition to be true: one of an AND, or the whole. */
function equalityOf(condition: Condition): string | undefined {
  if (condition.kind === 'or') return undefined;
  const terms = condition.kind === 'and' ? condition.terms : [condition];
  for (const term of terms) {
    if (term.kind === 'comparison' && term.operator === '==') {
      const [key] = equalitiesOf(term.left, term.right);
      if (key !== undefined) return key;
    }
  }
  return undefined;
}

/** `attribute == constant`, for each constant of a list. */
function equalitiesOf(left: Operand, right: Operand): string[] {
  const [reference, value] = left.kind === 'reference' ? [left, right] : [right, left];
  if (reference.kind !== 'reference' || value.kind === 'reference') return [];
  const constants = value.kind === 'list' ? value.items : [value];
  return constants.flatMap((each) =>
    each.kind === 'constant' ? [`${pathText(reference.path)} ${JSON.stringify(each.value)}`] : [],
  );
}
