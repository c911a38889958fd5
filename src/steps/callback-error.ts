/** An error while handling a callback. It is logged under its stable code, and never sent to TaskRouter. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
