import type { Condition } from './condition';
import { GrammarFailure, readByGrammar } from './grammar';
import type { Span } from './span';

/**
 * A string, which is left alone, or one stray character: a `-` or `!` on its own, or what begins no token. An unclosed
 * string extends to the end. As in the grammar, there is one way only to read a backslash: the time stays linear.
 */
const stringOrStray =
  /"(?:\\["'\\]|[^"\\]|\\(?!["'\\]))*(?:"|$)|'(?:\\["'\\]|[^'\\]|\\(?!["'\\]))*(?:'|$)|(?<stray>(?:(?<![<>])-|!)(?=\s|$)|(?<![#%&*+/:;?@\\^`{|}~])[#%*+/:;?@\\^`{}~](?![#%&*+/:;?@\\^`{|}~]))/g;
/** What joins the rest to the expression before it, so that ignoring the rest would change the meaning. */
const joining = /^(?:(?:AND|OR|IN|HAS|CONTAINS|NOT)(?![\w$])|[&|=<>!+\-*/%])/i;

/**
 * TaskRouter's parser goes on past a rest after a complete expression (`a == "x", "y"`) and past single stray
 * characters (`flag! = true`); workflows in production hold both. Our choice: such text is ignored and reported, and
 * everything else that is not an expression is refused.
 */
export function parseTolerantly(
  source: string,
): { condition: Condition; ignored: readonly Span[] } | undefined {
  const strays = [...source.matchAll(stringOrStray)].flatMap(({ index, groups }) =>
    groups?.stray ? [{ start: index, text: groups.stray }] : [],
  );
  const read = source.replace(stringOrStray, (found, stray?: string) => (stray ? ' ' : found));
  const leading = readByGrammar<{ condition: Condition; rest: number }>(read, 'leading');
  if (leading instanceof GrammarFailure) return undefined;
  const end = read.slice(0, leading.rest).trimEnd().length;
  const rest = trimmed(source, end);
  const splitsWord = rest.start === end && /[\w$]$/.test(read.slice(0, end)) && /^[\w$]/.test(rest.text);
  if (joining.test(rest.text) || splitsWord) return undefined;
  const ignored = strays.filter(({ start }) => start < rest.start);
  return { condition: leading.condition, ignored: rest.text === '' ? ignored : [...ignored, rest] };
}

/** What the source holds from `start` on, without the blanks around it. */
function trimmed(source: string, start: number): Span {
  const text = source.slice(start);
  return { start: start + text.length - text.trimStart().length, text: text.trim() };
}
