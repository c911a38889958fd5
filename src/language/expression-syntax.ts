import type { Condition } from './condition';
import { explainSyntaxError } from './explain-syntax-error';
import { GrammarFailure, readByGrammar } from './grammar';
import type { Span } from './span';
import { parseTolerantly } from './tolerant-syntax';

interface ParsedExpression {
  readonly condition: Condition;
  /** Text that TaskRouter reads past, in order of appearance; empty for nearly every expression. */
  readonly ignored: readonly Span[];
}

/** @throws ExpressionSyntaxError if `source` is not an expression, for example when it is empty or blank */
export function parseExpression(source: string): ParsedExpression {
  const condition = readByGrammar<Condition>(source, 'expression');
  if (!(condition instanceof GrammarFailure)) return { condition, ignored: [] };
  const tolerated = parseTolerantly(source);
  if (tolerated) return tolerated;
  throw explainSyntaxError(source, condition);
}
