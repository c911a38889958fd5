import type { Condition } from '../language/condition';
import { parseExpression } from '../language/expression-syntax';
import { type OrderBy, parseOrderBy } from '../language/order-by';
import { ExpressionSyntaxError } from '../language/syntax-error';

/** Null for text that is not an expression. */
export const parsedExpression = (source: string) => orNull(() => parseExpression(source));

export const conditionOf = (source: string): Condition | null => parsedExpression(source)?.condition ?? null;

/** Null for text that is not an order. */
export const parsedOrderBy = (source: string): OrderBy | null => orNull(() => parseOrderBy(source));

/** TaskRouter rejects text that it cannot read; rules pass over it. */
function orNull<Parsed>(parse: () => Parsed): Parsed | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return null;
    throw error;
  }
}
