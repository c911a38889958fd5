/** A demo or rehearsal did not show what it must. The message says what. */
export class UnmetExpectation extends Error {
  override readonly name = 'UnmetExpectation';
}

/** A service did not perform a request. The message says what to do. */
export class UpstreamFailed extends Error {
  override readonly name = 'UpstreamFailed';
}
