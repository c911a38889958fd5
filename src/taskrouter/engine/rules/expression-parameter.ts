import { limits } from '../../../common/limits';
import { compileExpression, type Expression } from '../../../language/expression';
import { ExpressionSyntaxError } from '../../../language/syntax-error';
import { InvalidParameter } from '../../model/errors';

/**
 * Compiles the expression in a parameter. Only the syntax and the size are checked: the service checks no names.
 * @throws InvalidParameter that names the parameter
 */
export function compileParameter(parameter: string, source: string): Expression {
  checkMaximum(parameter, source.length, limits.expression.characters, 'characters');
  const expression = readLanguage(parameter, () => compileExpression(source));
  checkComplexity(parameter, expression);
  return expression;
}

/** @throws InvalidParameter that names the parameter */
export function checkComplexity(parameter: string, { comparisons, references }: Expression): void {
  checkMaximum(parameter, comparisons, limits.expression.comparisons, 'comparisons');
  checkMaximum(parameter, references.length, limits.expression.attributes, 'different attributes');
}

/** @throws InvalidParameter that names the parameter */
export function checkMaximum(parameter: string, count: number, max: number, what: string): void {
  if (count > max) throw InvalidParameter.outOfRange(parameter, `${count} ${what}`, `at most ${max}`);
}

/** Turns the language's syntax error into Twilio's. @throws InvalidParameter that names the parameter */
export function readLanguage<Value>(parameter: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    throw new InvalidParameter(`Invalid ${parameter}: ${error.message}`);
  }
}
