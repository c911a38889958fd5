/** The service that was asked did not do it; the message says what to do. */
export class UpstreamFailed extends Error {
  override readonly name = 'UpstreamFailed';
}
