import type { Expression } from '../../language/expression';
import { compileParameter } from '../engine/rules/expression-parameter';
import type { Parameters } from '../http/parameters';

/** The compiled expression of a parameter; undefined when it was not sent. @throws InvalidParameter that names it */
export function readExpression(parameters: Parameters, name: string): Expression | undefined {
  const source = parameters.text(name);
  return source === undefined ? undefined : compileParameter(name, source);
}
