/** What was deployed, or Twilio, does not do what it should; the message says what, and what to do about it. */
export class DeploymentFailed extends Error {
  override readonly name = 'DeploymentFailed';
}
