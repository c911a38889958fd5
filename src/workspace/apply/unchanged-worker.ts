import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { type FieldsOf, nouns } from '../existing/existing';
import { readWorker } from '../existing/read-worker';
import { differences, type Said } from '../plan/differences';
import { ChangedMeanwhile } from './changed-meanwhile';

/**
 * What If-Match has to say so that a worker is changed only while it is as it was planned from. Of all that is in a file,
 * workers alone take If-Match (https://www.twilio.com/docs/taskrouter/api/worker, and Twilio's OpenAPI); lists do not tell
 * the ETags of their entries, so the worker is read again.
 * @throws ChangedMeanwhile when it already is otherwise
 */
export async function ifUnchanged(
  workspace: WorkspaceContext,
  sid: string,
  before: Said<FieldsOf['worker']>,
): Promise<{ ifMatch?: string }> {
  const { body, headers } = await workspace.workers(sid).fetchWithHttpInfo();
  const worker = readWorker(body);
  if (Object.keys(differences<FieldsOf['worker']>(before, worker).fields).length > 0) {
    throw new ChangedMeanwhile(`${nouns.worker} "${worker.friendlyName}"`);
  }
  return headers.etag === undefined ? {} : { ifMatch: bare(headers.etag) };
}

/** Twilio's own client code sends the version without its quotes. */
const bare = (etag: string) => etag.replace(/^(?:W\/)?"(.*)"$/, '$1');
