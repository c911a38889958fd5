import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomSid } from '../../system/ids';
import type { ApiOptions } from '../http/options';
import { JournalStream } from './journal-stream';
import { queryParameters, readJournalQuery } from './query-parameters';
import { ServerSentEvents } from './server-sent-events';
import { StateUpdates } from './state-updates';

/**
 * `GET /_taskrouter/stream`: what the inspector shows, as it happens (Server-Sent Events). It begins with `begin`
 * (`run`, `resumed`) and everything that is kept, or after the id in Last-Event-ID or `last_event_id`, if nothing since
 * was forgotten; then come `request`, `callback`, `alert` and `event`, each with an id, `state` whenever it may have
 * changed, and `cleared` after a reset. `task_sid`, `worker_sid`, `kind` and `outcome` narrow it down.
 */
export function addStream(app: FastifyInstance, options: ApiOptions): void {
  const run = options.instance ?? randomSid('');
  const open = new Set<ServerSentEvents>();
  app.route({
    method: 'GET',
    url: '/_taskrouter/stream',
    exposeHeadRoute: false,
    handler: (request, reply) => {
      const query = readJournalQuery(queryParameters(request));
      const { journal } = options;
      const events = openEvents(reply);
      const stream = new JournalStream(events, { journal, query, run }, lastIdOf(request));
      const news = new StateUpdates(events, options);
      open.add(events);
      events.onClose(() => {
        open.delete(events);
        stream.stop();
        news.stop();
      });
    },
  });
  // Otherwise a service that stops would wait for its readers.
  app.addHook('preClose', (done) => {
    for (const events of open) events.end();
    done();
  });
}

function openEvents(reply: FastifyReply): ServerSentEvents {
  reply.hijack();
  return new ServerSentEvents(reply.raw);
}

/** The browser's own header when it comes again by itself; the parameter when the page opens a stream anew. */
function lastIdOf(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' ? header : queryParameters(request).text('last_event_id');
}
