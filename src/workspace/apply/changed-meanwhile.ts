import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { type FieldsOf, nouns } from '../existing/existing';
import { readWorker } from '../existing/read';
import { differences, type SomeFields } from '../plan/changes';

/** The workspace no longer matches the plan. The request that found out changed nothing. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';

  constructor(subject: string) {
    super(`The ${subject} changed since the plan was made, so it was left as it is. Plan again.`);
  }
}

/**
 * The If-Match that changes a worker only while it is as the plan saw it. Of the resources in a workspace file, only
 * workers take If-Match (https://www.twilio.com/docs/taskrouter/api/worker, and Twilio's OpenAPI). Lists do not return
 * ETags, so the worker is read again.
 * @throws ChangedMeanwhile when the worker has already changed
 */
export async function ifUnchanged(
  workspace: WorkspaceContext,
  sid: string,
  before: SomeFields<FieldsOf['worker']>,
): Promise<{ ifMatch?: string }> {
  const { body, headers } = await workspace.workers(sid).fetchWithHttpInfo();
  const worker = readWorker(body);
  if (Object.keys(differences<FieldsOf['worker']>(before, worker).fields).length > 0) {
    throw new ChangedMeanwhile(`${nouns.worker} "${worker.friendlyName}"`);
  }
  return headers.etag === undefined ? {} : { ifMatch: withoutQuotes(headers.etag) };
}

/** Twilio's own client code sends the version without its quotes. */
const withoutQuotes = (etag: string) => etag.replace(/^(?:W\/)?"(.*)"$/, '$1');
