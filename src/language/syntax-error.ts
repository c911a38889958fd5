/** Text that TaskRouter's language does not allow. `offset` counts UTF-16 units from 0, as JavaScript does. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';

  constructor(
    message: string,
    readonly source: string,
    readonly offset: number,
  ) {
    super(message);
  }
}
