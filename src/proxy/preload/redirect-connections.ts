import { request } from 'node:http';
import net, { type NetConnectOpts, type TcpNetConnectOpts } from 'node:net';
import { isLoopbackHost } from '../../common/loopback';
import { canonicalName, isTwilioHost } from '../../common/twilio-hosts';

/** Which connections of a process go to the proxy. */
export interface Redirection {
  /** Takes TLS connections to all hosts; the server name in the handshake tells the proxy which host is meant. */
  readonly tlsPort: number;
  /** Of the proxy, which records what it refuses. */
  readonly proxyPort: number;
  /** Whether no connection may leave this computer; otherwise only those to Twilio's hosts are redirected. */
  readonly confined: boolean;
  /** Twilio's hosts that are reached directly, in lower case. */
  readonly passed: readonly string[];
}

type ConnectListener = () => void;
type Connect = (this: net.Socket, options: NetConnectOpts, listener?: ConnectListener) => net.Socket;
type Normalized = [NetConnectOpts, ConnectListener | null];

const loopback = '127.0.0.1';

/**
 * Redirects TLS connections of this process to the proxy, below all libraries: Node's own fetch, https.get, and WebSocket
 * clients ignore HTTP_PROXY, so the variable alone is not enough.
 */
export function redirectConnections(redirection: Redirection): void {
  const connect = net.Socket.prototype.connect as Connect;
  // Node's own reading of the argument lists of `connect`; net.connect has applied it already.
  const { _normalizeArgs: normalize } = net as unknown as { _normalizeArgs(args: unknown[]): Normalized };
  function redirectedConnect(this: net.Socket, ...args: unknown[]): net.Socket {
    const [options, listener] = Array.isArray(args[0]) ? (args[0] as Normalized) : normalize(args);
    return connect.call(this, redirected(options, redirection), listener ?? undefined);
  }
  net.Socket.prototype.connect = redirectedConnect as typeof net.Socket.prototype.connect;
}

/** The options with which a socket connects, in place of those that it was given. */
export function redirected(options: NetConnectOpts, redirection: Redirection): NetConnectOpts {
  // A path is a Unix socket.
  if (('path' in options && options.path) || !('port' in options)) return options;
  const { host = 'localhost', port } = options;
  if (isReachedDirectly(host, redirection)) return options;
  if (Number(port) === 443) return { ...options, host: loopback, port: redirection.tlsPort };
  return refused(options, `${host}:${port}`, redirection.proxyPort);
}

function isReachedDirectly(host: string, { confined, passed }: Redirection): boolean {
  if (confined) return isThisComputer(host);
  return !isTwilioHost(host) || passed.includes(canonicalName(host));
}

/** An unspecified address, such as 0.0.0.0, connects to this computer as well. */
function isThisComputer(host: string): boolean {
  return isLoopbackHost(host) || /^(|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/i.test(host);
}

/** Options with which connecting fails as for a host that does not respond. */
function refused(options: TcpNetConnectOpts, target: string, proxyPort: number): NetConnectOpts {
  const message = `connect ECONNREFUSED ${target}: only Twilio's hosts are reached here, over TLS on port 443`;
  const error = Object.assign(new Error(message), { code: 'ECONNREFUSED', syscall: 'connect' });
  return {
    ...options,
    // A name, because an address would not be looked up, and the lookup fails.
    host: 'refused.invalid',
    lookup: (_host, _options, done) => report(target, proxyPort, () => done(error, '', 0)),
  };
}

/** Requests the target from the proxy, so that the proxy records the refusal. @param onEnd called once it has */
function report(target: string, port: number, onEnd: () => void): void {
  const attempt = request({ host: loopback, port, method: 'CONNECT', path: target, agent: false });
  attempt.once('connect', (_response, socket) => socket.destroy());
  attempt.once('error', () => undefined);
  attempt.once('close', onEnd);
  attempt.end();
}
