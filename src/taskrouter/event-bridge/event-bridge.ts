import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { eventBridgePath } from '../../common/event-bridge-url';
import { Slices } from '../../common/slices';
import type { ApiOptions } from '../http/options';
import { Connector } from './connect';
import { allowAnyOrigin, preflight } from './cross-origin';
import { Responder } from './respond';
import { Sessions } from './sessions';
import { tokenReader } from './token-reader';
import { acceptUpgrades } from './upgrades';

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
  const { taskRouter, account, log, conferenceControl, eventBridge = {} } = options;
  const { heartbeatMs = defaultHeartbeatMs, maxBufferedBytes = defaultMaxBufferedBytes } = eventBridge;
  const accountSid = account.sid;
  const readToken = tokenReader(taskRouter, { accountSid, apiKey: account.apiKey });
  const responder = new Responder({
    taskRouter,
    accountSid,
    readToken,
    conferenceControl,
    slices: new Slices(),
  });
  const config = { open: true, anyOrigin: true };
  app.route({
    method: 'POST',
    url: eventBridgePath,
    config,
    onRequest: allowAnyOrigin,
    handler: (request, reply) => responder.respond(request, reply),
  });
  app.route({ method: 'OPTIONS', url: eventBridgePath, config, handler: preflight });

  const onError = (error: unknown) => log.error({ err: error }, 'A connection of the worker SDK failed');
  const sessions = new Sessions({ taskRouter, accountSid, heartbeatMs, onError });
  acceptUpgrades(
    app.server,
    requireOwnHost,
    new Connector({ sessions, readToken, maxBufferedBytes, onError }),
  );
  app.addHook('preClose', () => sessions.stop());
}
