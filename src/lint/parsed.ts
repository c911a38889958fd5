import type { Condition } from '../language/condition';
import { parseExpression } from '../language/expression-syntax';
import { type OrderBy, parseOrderBy } from '../language/order-by';
import { ExpressionSyntaxError } from '../language/syntax-error';

type ParsedExpression = ReturnType<typeof parseExpression>;

/** Several rules read the same expressions, one after the other. */
const parsed = new Map<string, ParsedExpression | null>();
const maxParsed = 2000;

/** Null for text that is not an expression. */
export function parsedExpression(source: string): ParsedExpression | null {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  if (parsed.size >= maxParsed) parsed.clear();
  const expression = orNull(() => parseExpression(source));
  parsed.set(source, expression);
  return expression;
}

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
