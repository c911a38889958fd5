import { request } from 'node:http';
import net, { type NetConnectOpts, type TcpNetConnectOpts } from 'node:net';
import { isLoopbackHost } from '../../common/loopback';

interface EmulatorPorts {
  /** Takes TLS connections to all hosts; the server name in the handshake tells the emulator which host is meant. */
  readonly tls: number;
  /** Of the proxy, which records what it refuses. */
  readonly proxy: number;
}

type ConnectListener = () => void;
type Connect = (this: net.Socket, options: NetConnectOpts, listener?: ConnectListener) => net.Socket;
type Normalized = [NetConnectOpts, ConnectListener | null];

const loopback = '127.0.0.1';

/**
 * Redirects the connections of this process: TLS goes to the emulator, everything else that leaves this computer is
 * refused. Node's own fetch, https.get and many clients ignore HTTP_PROXY, so the variable alone is not enough.
 */
export function confineConnections(ports: EmulatorPorts): void {
  const connect = net.Socket.prototype.connect as Connect;
  // Node's own reading of the argument lists of `connect`; net.connect has applied it already.
  const { _normalizeArgs: normalize } = net as unknown as { _normalizeArgs(args: unknown[]): Normalized };
  function confinedConnect(this: net.Socket, ...args: unknown[]): net.Socket {
    const [options, listener] = Array.isArray(args[0]) ? (args[0] as Normalized) : normalize(args);
    return connect.call(this, confined(options, ports), listener ?? undefined);
  }
  net.Socket.prototype.connect = confinedConnect as typeof net.Socket.prototype.connect;
}

function confined(options: NetConnectOpts, ports: EmulatorPorts): NetConnectOpts {
  // A path is a Unix socket.
  if (('path' in options && options.path) || !('port' in options)) return options;
  const { host = 'localhost', port } = options;
  if (isThisComputer(host)) return options;
  if (Number(port) === 443) return { ...options, host: loopback, port: ports.tls };
  return refused(options, `${host}:${port}`, ports);
}

/** An unspecified address, such as 0.0.0.0, connects to this computer as well. */
function isThisComputer(host: string): boolean {
  return isLoopbackHost(host) || /^(|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/i.test(host);
}

/** Options with which connecting fails as for a host that does not respond. */
function refused(options: TcpNetConnectOpts, target: string, { proxy }: EmulatorPorts): NetConnectOpts {
  const message = `connect ECONNREFUSED ${target}: the rehearsal only connects to Twilio's hosts, over TLS`;
  const error = Object.assign(new Error(message), { code: 'ECONNREFUSED', syscall: 'connect' });
  return {
    ...options,
    // A name, because an address would not be looked up, and the lookup fails.
    host: 'refused.invalid',
    lookup: (_host, _options, done) => report(target, proxy, () => done(error, '', 0)),
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
