import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { AccessTokenRefused } from '../http/request-errors';
import { TaskRouterError } from '../model/errors';
import { closeCodes, Session } from './session';
import type { Sessions } from './sessions';
import type { ReadToken } from './token-reader';

interface ConnectOptions {
  readonly sessions: Sessions;
  readonly readToken: ReadToken;
  readonly maxBufferedBytes: number;
  readonly onError: (error: unknown) => void;
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
    // Without a listener, what a client sends wrong would end the process. The close of the connection reports it.
    socket.on('error', () => undefined);
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
      this.refuse(socket, error);
    }
  }

  private refuse(socket: WebSocket, error: unknown): void {
    if (error instanceof TaskRouterError) {
      socket.close(closeCodes.tokenRefused, error.message.slice(0, maxReasonBytes));
      return;
    }
    this.options.onError(error);
    socket.close(closeCodes.internalError);
  }
}

/** Source: https://www.rfc-editor.org/rfc/rfc6455#section-5.5 */
const maxReasonBytes = 123;

/** Loaded at the first connection, because many instances have none. */
function newServer(): WebSocketServer {
  const { WebSocketServer }: typeof import('ws') = require('ws');
  return new WebSocketServer({ noServer: true, clientTracking: false, maxPayload });
}
