import { compileExpression, type Expression } from '../../../language/expression';
import { ExpressionSyntaxError } from '../../../language/syntax-error';
import { InvalidParameter } from '../../model/errors';

/**
 * Compiles the expression in a parameter. Only the syntax is checked, as the service does.
 * @throws InvalidParameter that names the parameter
 */
export const compileParameter = (parameter: string, source: string): Expression =>
  readLanguage(parameter, () => compileExpression(source));

/** Turns the language's syntax error into Twilio's. @throws InvalidParameter that names the parameter */
export function readLanguage<Value>(parameter: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    throw new InvalidParameter(`Invalid ${parameter}: ${error.message}`);
  }
}
