import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { bodyText } from '../http/form-body';
import type { ApiOptions } from '../http/options';
import { queryParameters } from './query-parameters';

/** JSON Lines: https://jsonlines.org */
const snapshotType = 'application/jsonl';

/** Our choice: about 150,000 events, and well below the longest text that Node can hold. */
const maxSnapshotBytes = 256 * 1024 * 1024;

/**
 * `/_taskrouter/snapshot`: GET returns the whole state, secrets masked. POST replaces the state with the snapshot in the
 * body; with `callbacks=true` in the query, it sends the callbacks that were waiting to be sent.
 */
export function addSnapshot(app: FastifyInstance, snapshots: NonNullable<ApiOptions['snapshots']>): void {
  const path = '/_taskrouter/snapshot';
  app.get(path, (_request, reply) => reply.type(snapshotType).send(Readable.from(snapshots.save())));
  app.post(path, { bodyLimit: maxSnapshotBytes }, (request) => {
    const callbacks = queryParameters(request).boolean('callbacks');
    return snapshots.load(bodyText(request, [snapshotType]), { callbacks });
  });
}
