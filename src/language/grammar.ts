import { SyntaxError as GrammarFailure, parse } from './expression.peggy';

/** How deep parentheses and lists may nest. Our choice: far more than anyone writes, far less than the call stack. */
export const NESTING_LIMIT = 200;

export { GrammarFailure };

/**
 * Reads the source by the grammar's rule of that name.
 * @returns the failure, if the source does not follow the rule
 */
export function readByGrammar<Result>(
  source: string,
  startRule: 'expression' | 'leading',
): Result | GrammarFailure {
  try {
    return parse(source, { nestingLimit: NESTING_LIMIT, startRule }) as Result;
  } catch (error) {
    if (error instanceof GrammarFailure) return error;
    throw error;
  }
}
