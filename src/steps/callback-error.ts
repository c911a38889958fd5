/** Trouble of our own while answering a callback: logged under its stable code, and never shown to TaskRouter. */
export class CallbackError extends Error {
  override readonly name = 'CallbackTrouble';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
