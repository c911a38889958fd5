/** Something that a demonstration or a rehearsal shows is not as it must be; the message says what. */
export class UnmetExpectation extends Error {
  override readonly name = 'UnmetExpectation';
}

/** The service that was asked did not do it; the message says what to do. */
export class UpstreamFailed extends Error {
  override readonly name = 'UpstreamFailed';
}
