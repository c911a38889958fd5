import { compileExpression, type Expression, ExpressionSyntaxError } from '../../language/expression';
import type { Parameters } from '../http/parameters';
import { InvalidParameter } from '../model/errors';

/** The expression in a parameter, compiled; undefined when it was not sent. @throws InvalidParameter, which names it */
export function readExpression(parameters: Parameters, name: string): Expression | undefined {
  const source = parameters.text(name);
  if (source === undefined) return undefined;
  try {
    return compileExpression(source);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError)
      throw new InvalidParameter(`Invalid ${name}: ${error.message}`);
    throw error;
  }
}
