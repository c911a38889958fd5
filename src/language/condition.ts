export type ComparisonOperator = '==' | '!=' | '>' | '>=' | '<' | '<=' | 'CONTAINS' | 'HAS' | 'IN' | 'NOT IN';

/** The first step is a name; a number is an index into a list. */
export type Path = readonly [string, ...(string | number)[]];

export type Operand =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Operand[] }
  | { readonly kind: 'reference'; readonly path: Path };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Condition[] }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Operand;
      readonly right: Operand;
    };

export type Comparison = Extract<Condition, { kind: 'comparison' }>;

/** In order of appearance. */
export function comparisonsOf(condition: Condition): Comparison[] {
  return condition.kind === 'comparison' ? [condition] : condition.terms.flatMap(comparisonsOf);
}

/** The references of an operand, those in a list included. */
export function pathsOf(operand: Operand): Path[] {
  if (operand.kind === 'list') return operand.items.flatMap(pathsOf);
  return operand.kind === 'reference' ? [operand.path] : [];
}

export function isConstant(operand: Operand): boolean {
  return operand.kind === 'list' ? operand.items.every(isConstant) : operand.kind === 'constant';
}

/** The value of an operand without references. */
export function constantOf(operand: Operand): unknown {
  if (operand.kind === 'list') return operand.items.map(constantOf);
  return operand.kind === 'constant' ? operand.value : undefined;
}
