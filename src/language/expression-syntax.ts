import { SyntaxError as Failure, parse } from './expression.peggy';
import { ExpressionSyntaxError } from './syntax-error';

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

/** How deep parentheses and lists may nest. Our choice: far more than anyone writes, far less than the call stack. */
export const NESTING_LIMIT = 200;

/** @throws ExpressionSyntaxError if `source` is not an expression, for example when it is empty or blank */
export function parseExpression(source: string): Condition {
  try {
    return parse(source, { nestingLimit: NESTING_LIMIT }) as Condition;
  } catch (error) {
    if (error instanceof Failure) throw explain(source, error);
    throw error;
  }
}

/** The part of the source that the message is about. */
interface Span {
  readonly start: number;
  readonly text: string;
}

/** What the service's tokenizer drops: characters that cannot start a token, and `-` or `!` with the next character. */
const unreadable = /(?:[ \t\r\n]*(?:-(?!\d)\S?|!(?!=)\S?|[^\w$"'()[\].,=<>!\- \t\r\n]))*/suy;
const blanks = /[ \t\r\n]*/y;
const token =
  /[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?|"(?:\\["'\\]|[^"])*"?|'(?:\\["'\\]|[^'])*'?|[<>]-|[=!<>]=|.|$/suy;

/**
 * Describes a failure in the service's words. One text is known: `extraneous input 'evel' expecting OPERATOR` for
 * `skill-level > 3`. Its tokenizer drops `-l`, and its parser finds that the expression is valid without `evel`.
 * The rule is derived from that. The column, the dropped text, and the wording when only dropping failed are ours.
 */
function explain(source: string, failure: Failure): ExpressionSyntaxError {
  const { offset } = failure.location.start;
  if (!failure.expected) return syntaxError(failure.message, source, offset);

  const dropped = spanAt(unreadable, source, offset);
  const rest = dropped.text === '' ? failure : failureOf(without(source, dropped));
  const found = spanAt(token, source, endOf(spanAt(blanks, source, endOf(dropped))));
  if (!rest?.expected || rest.location.start.offset !== found.start) {
    return syntaxError(`token recognition error at ${quote(dropped.text)}`, source, offset);
  }
  const kind = goesOnWithout(without(source, dropped), found) ? 'extraneous' : 'mismatched';
  const message = `${kind} input ${quote(found.text || '<EOF>')} expecting ${expectedBy(rest)}`;
  return syntaxError(
    message,
    source,
    found.start,
    dropped.text && `, behind unreadable ${quote(dropped.text)}`,
  );
}

/** Shortened, because an unclosed string extends to the end of the source. */
function quote(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 59)}…` : text}'`;
}

function syntaxError(message: string, source: string, offset: number, remark = ''): ExpressionSyntaxError {
  return new ExpressionSyntaxError(`${message} (column ${offset + 1}${remark})`, source, offset);
}

function spanAt(pattern: RegExp, source: string, start: number): Span {
  pattern.lastIndex = start;
  return { start, text: pattern.exec(source)?.[0] ?? '' };
}

function endOf({ start, text }: Span): number {
  return start + text.length;
}

function without(source: string, { start, text }: Span): string {
  return source.slice(0, start) + ' '.repeat(text.length) + source.slice(start + text.length);
}

/** Whether the token after `span` is one of those expected in its place. */
function goesOnWithout(source: string, span: Span): boolean {
  const failure = failureOf(without(source, span));
  return !failure || failure.location.start.offset > endOf(spanAt(blanks, source, endOf(span)));
}

function failureOf(source: string): Failure | undefined {
  try {
    parse(source, { nestingLimit: NESTING_LIMIT });
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function expectedBy(failure: Failure): string {
  const names = failure.expected?.map(({ type, text, description }) =>
    type === 'end' ? '<EOF>' : (description ?? `'${text}'`),
  );
  const distinct = [...new Set(names)].sort();
  return distinct.length === 1 ? `${distinct[0]}` : `{${distinct.join(', ')}}`;
}
