import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { AccessToken } from '../http/access-token';
import { AccessTokenRefused } from '../http/request-errors';
import { TaskRouterError } from '../model/errors';
import { closeCodes, Session } from './session';
import type { Sessions } from './sessions';

interface ConnectOptions {
  readonly sessions: Sessions;
  /** @throws AccessTokenRefused */
  readonly readToken: (text: string) => { readonly token: AccessToken; readonly remainingMs: number };
  readonly maxBufferedBytes: number;
}

/** Our choice: clients send nothing but pongs. */
const maxPayload = 1024;

/** Accepts the connections of the worker SDK. */
export class Connector {
  private server: WebSocketServer | undefined;

  constructor(private readonly options: ConnectOptions) {}

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    this.server ??= newServer();
    this.server.handleUpgrade(request, socket, head, (webSocket) => this.open(webSocket, searchParams));
  }

  /** A token that is not valid closes the connection with a reason: browsers show nothing of a refused upgrade. */
  private open(socket: WebSocket, query: URLSearchParams): void {
    try {
      const { token, remainingMs } = this.options.readToken(query.get('token') ?? '');
      const { workerSid } = token;
      if (workerSid === null) throw new AccessTokenRefused('grants');
      const session = new Session(socket, { ...token, workerSid }, this.options.maxBufferedBytes);
      this.options.sessions.open(session, {
        closesOthers: query.get('closeExistingSessions') === 'true',
        setsOffline: query.get('setWorkerOfflineIfDisconnected') === 'true',
        remainingMs,
      });
    } catch (error) {
      if (!(error instanceof TaskRouterError)) throw error;
      socket.close(closeCodes.tokenRefused, error.message.slice(0, maxReasonBytes));
    }
  }
}

/** Source: https://www.rfc-editor.org/rfc/rfc6455#section-5.5 */
const maxReasonBytes = 123;

/** Loaded at the first connection, because many instances have none. */
function newServer(): WebSocketServer {
  const { WebSocketServer }: typeof import('ws') = require('ws');
  return new WebSocketServer({ noServer: true, clientTracking: false, maxPayload });
}
