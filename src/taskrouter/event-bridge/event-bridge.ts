import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { eventBridgePath } from '../../common/event-bridge-url';
import { maxTimerMs } from '../../system/clock';
import { listenForWebSockets } from '../../system/web-socket-upgrade';
import { readAccessToken } from '../http/access-token';
import type { ApiOptions } from '../http/options';
import { readBridgeRequest, wrappedRequest } from './bridge-request';
import { carryOut, findCall, requireOwner } from './carry-out';
import { Connector } from './connect';
import { allowAnyOrigin, preflight } from './cross-origin';
import { Sessions } from './sessions';
import { remainingMs } from './token-clock';

/** Our choice: half of the time after which the SDK misses a heartbeat. */
const defaultHeartbeatMs = 15_000;

/** Our choice: some hundred messages. */
const defaultMaxBufferedBytes = 1_048_576;

/**
 * What the worker SDK (`twilio-taskrouter`) talks to: requests that wrap those to the REST API, and a WebSocket with the
 * messages of its worker. The Access Token is the credential of both.
 * @param requireOwnHost throws for a Host header of another service
 */
export function addEventBridge(
  app: FastifyInstance,
  options: ApiOptions,
  requireOwnHost: (headers: IncomingMessage['headers']) => unknown,
): void {
  const { taskRouter, account, log } = options;
  const { heartbeatMs = defaultHeartbeatMs, maxBufferedBytes = defaultMaxBufferedBytes } =
    options.eventBridge ?? {};
  const signer = { accountSid: account.sid, apiKey: account.apiKey };

  function readToken(text: string) {
    const token = readAccessToken(text, signer);
    const remaining = remainingMs(token, taskRouter.clock, Date.now());
    requireOwner(taskRouter.view, token);
    return { token, remainingMs: Math.min(remaining, maxTimerMs) };
  }

  app.route({
    method: 'POST',
    url: eventBridgePath,
    config: { open: true, anyOrigin: true },
    onRequest: allowAnyOrigin,
    handler: async (request, reply) => respond(request, reply),
  });
  app.route({
    method: 'OPTIONS',
    url: eventBridgePath,
    config: { open: true, anyOrigin: true },
    handler: preflight,
  });

  async function respond(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const bridgeRequest = readBridgeRequest(request);
    const wrapped = wrappedRequest(bridgeRequest);
    request.wrappedRequest = wrapped;
    const { token } = readToken(bridgeRequest.token);
    const found = findCall(bridgeRequest);
    const { name: operation, parameters: knownParameters } = found.type;
    request.wrappedRequest = { ...wrapped, operation, knownParameters };
    request.params = found.path;
    const payload = await carryOut(found, bridgeRequest, token, {
      taskRouter,
      accountSid: account.sid,
      origin: { source: 'api', ipAddress: request.ip },
      ifMatch: request.headers['if-match'],
    });
    request.responseBody = 'contents' in payload ? countOf(payload as ListPayload) : payload;
    return reply.send({ payload });
  }

  const sessions = new Sessions({
    taskRouter,
    accountSid: account.sid,
    heartbeatMs,
    onError: (error) => log.error({ err: error }, 'Could not set a disconnected Worker Offline'),
  });
  const connector = new Connector({ sessions, readToken, maxBufferedBytes });
  listenForWebSockets(app.server, (request, socket, head) => {
    const [path] = (request.url ?? '').split('?');
    if (path?.replace(/\/$/, '') !== eventBridgePath) return refuse(socket, '404 Not Found');
    try {
      requireOwnHost(request.headers);
    } catch {
      return refuse(socket, '403 Forbidden');
    }
    connector.upgrade(request, socket, head);
  });
  app.addHook('preClose', () => sessions.stop());
}

interface ListPayload {
  readonly contents: readonly object[];
}

/** What the log of requests keeps of a list. */
const countOf = ({ contents }: ListPayload) => ({ rows: 'contents', count: contents.length });

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
