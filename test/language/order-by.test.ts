import { parseOrderBy } from '../../src/language/order-by';
import { ExpressionSyntaxError } from '../../src/language/syntax-error';

describe('order_by', () => {
  it('lists attributes of the worker, ascending by default', () => {
    expect(parseOrderBy('worker.level DESC, worker.team.rank asc,worker.$age')).toEqual([
      { path: ['level'], direction: -1 },
      { path: ['team', 'rank'], direction: 1 },
      { path: ['$age'], direction: 1 },
    ]);
  });

  it.each([
    ['an attribute without worker.', 'level DESC', 'level DESC', 0],
    ['a second clause of another form', 'worker.a, task.b ASC', 'task.b ASC', 10],
    ['a comma too many', 'worker.a,', '', 9],
    ['an index', 'worker.a[0]', 'worker.a[0]', 0],
    ['another direction', 'worker.a DOWN', 'worker.a DOWN', 0],
  ])('refuses %s, saying where', (_what, source, clause, offset) => {
    const attempt = () => parseOrderBy(source);
    expect(attempt).toThrow(ExpressionSyntaxError);
    const message = `'${clause}' is not of the form worker.attribute ASC or DESC`;
    expect(attempt).toThrow(expect.objectContaining({ message, source, offset }));
  });
});
