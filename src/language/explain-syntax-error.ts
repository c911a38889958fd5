import { GrammarFailure, readByGrammar } from './grammar';
import type { Span } from './span';
import { ExpressionSyntaxError } from './syntax-error';

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
export function explainSyntaxError(source: string, failure: GrammarFailure): ExpressionSyntaxError {
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

function failureOf(source: string): GrammarFailure | undefined {
  const result = readByGrammar(source, 'expression');
  return result instanceof GrammarFailure ? result : undefined;
}

function expectedBy(failure: GrammarFailure): string {
  const names = failure.expected?.map(({ type, text, description }) =>
    type === 'end' ? '<EOF>' : (description ?? `'${text}'`),
  );
  const distinct = [...new Set(names)].sort();
  return distinct.length === 1 ? `${distinct[0]}` : `{${distinct.join(', ')}}`;
}
