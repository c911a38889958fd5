/** Something that a demonstration or a rehearsal shows is not as it must be; the message says what. */
export class UnmetExpectation extends Error {
  override readonly name = 'UnmetExpectation';
}
