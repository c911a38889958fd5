/** A check of a proof found the deployed Functions wanting. */
export class ProofFailed extends Error {
  override readonly name = 'ProofFailed';

  constructor(
    message: string,
    /** The likely cause and what to do, a sentence or two. */
    readonly remedy: string,
  ) {
    super(message);
  }
}
