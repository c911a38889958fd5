import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomSid } from '../../system/ids';
import type { ApiOptions } from '../http/options';
import type { Parameters } from '../http/parameters';
import type { Journal } from '../inspector/journal';
import type { JournalQuery } from '../inspector/journal-query';
import { sidPrefix } from '../model/sids';
import { CallUpdates } from './call-updates';
import { JournalStream } from './journal-stream';
import { queryParameters, readJournalQuery } from './query-parameters';
import { ServerSentEvents } from './server-sent-events';
import { Heartbeat, StateUpdates } from './state-updates';

/** What a reader can ask for. */
const messageTypes = ['request', 'callback', 'alert', 'event', 'state', 'call'] as const;

/**
 * `GET /_taskrouter/stream`: everything that the inspector shows, as it happens (Server-Sent Events). The stream starts
 * with `begin` (`run`, `resumed`, `date_ms`) and the stored entries: all of them, or those after the ID in Last-Event-ID or
 * `last_event_id` if no later entry was deleted. Then it sends `request`, `callback`, `alert`, and `event`, each with an
 * ID, `state` when it may have changed, `call` for each call at the beginning and after each change, and `cleared` after a reset. Filters: `task_sid`, `worker_sid`, `kind`,
 * `outcome`, and `types`, the messages that are sent besides `begin` and `cleared`. With `phone=open`, the reader holds the
 * phone of the worker `worker_sid` as long as the stream is open.
 */
export function addStream(app: FastifyInstance, options: ApiOptions): void {
  const run = options.instance ?? randomSid('');
  const open = new Set<ServerSentEvents>();
  app.route({
    method: 'GET',
    url: '/_taskrouter/stream',
    exposeHeadRoute: false,
    handler: (request, reply) => {
      const parameters = queryParameters(request);
      const query = readJournalQuery(parameters);
      const types = parameters.someOf('types', messageTypes) ?? messageTypes;
      const held = heldPhone(parameters);
      const { journal, phone, taskRouter } = options;
      const now = () => taskRouter.clock.now();
      const events = openEvents(reply);
      const parts: { stop(): void }[] = [
        new JournalStream(events, { journal, query, types, run, now }, lastIdOf(request)),
        types.includes('state') ? new StateUpdates(events, options) : new Heartbeat(events),
      ];
      if (phone && types.includes('call')) parts.push(...followCalls(events, phone.calls, journal, query));
      if (held) parts.push({ stop: options.workerPhones?.hold(held) ?? nothing });
      open.add(events);
      events.onClose(() => {
        open.delete(events);
        for (const part of parts) part.stop();
      });
    },
  });
  // Otherwise the service would wait for its readers when it stops.
  app.addHook('preClose', (done) => {
    for (const events of open) events.end();
    done();
  });
}

const nothing = () => undefined;

/** The worker whose phone the reader holds: new calls ring there until the reader answers, whatever `simulated_call` says. */
function heldPhone(parameters: Parameters): string | undefined {
  const isOpen = parameters.oneOf('phone', ['open']) !== undefined;
  return isOpen ? parameters.requiredSid('worker_sid', sidPrefix.worker) : undefined;
}

/** A reset or a loaded snapshot can leave other calls. */
function followCalls(
  events: ServerSentEvents,
  calls: NonNullable<ApiOptions['phone']>['calls'],
  journal: Journal,
  query: JournalQuery,
): { stop(): void }[] {
  const updates = new CallUpdates(events, calls, query);
  return [updates, { stop: journal.onClear(() => updates.sendAll()) }];
}

function openEvents(reply: FastifyReply): ServerSentEvents {
  reply.hijack();
  return new ServerSentEvents(reply.raw);
}

/** The header if the browser reconnects, the parameter if the page opens a new stream. */
function lastIdOf(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' ? header : queryParameters(request).text('last_event_id');
}
