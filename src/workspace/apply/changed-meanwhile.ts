/** What a plan was made from is not there any more; nothing was changed by the request that noticed it. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';

  constructor(what: string) {
    super(`The ${what} was changed meanwhile, and is left as it is now: plan again.`);
  }
}
