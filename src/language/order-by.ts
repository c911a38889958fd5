import { ExpressionSyntaxError } from './syntax-error';

/** One clause of a target's `order_by`: a path into the worker's attributes, and 1 for ASC, -1 for DESC. */
interface OrderByClause {
  readonly path: readonly string[];
  readonly direction: 1 | -1;
}
export type OrderBy = readonly OrderByClause[];

const clause = /^worker\.([\w$]+(?:\.[\w$]+)*)(?:\s+(asc|desc))?$/i;

/**
 * Parses `worker.a.b ASC, worker.c DESC`.
 * Source: https://www.twilio.com/docs/taskrouter/order-workers
 * @throws ExpressionSyntaxError at the first clause of another form
 */
export function parseOrderBy(source: string): OrderBy {
  let offset = 0;
  return source.split(',').map((written) => {
    const blanks = written.length - written.trimStart().length;
    const parsed = parseClause(written.trim(), source, offset + blanks);
    offset += written.length + 1;
    return parsed;
  });
}

function parseClause(text: string, source: string, offset: number): OrderByClause {
  const [, path, direction] = clause.exec(text) ?? [];
  if (path === undefined) {
    const message = `'${text}' is not of the form worker.attribute ASC or DESC`;
    throw new ExpressionSyntaxError(message, source, offset);
  }
  return { path: path.split('.'), direction: direction?.toLowerCase() === 'desc' ? -1 : 1 };
}
