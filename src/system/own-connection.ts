import type { IncomingMessage } from 'node:http';
import { isLoopbackHost, isLoopbackPeer } from '../common/loopback';
import { hostName, isForwarded } from '../common/own-address';
import { coalesced } from './coalesced';
import { type ConnectionEnds, readSocketTables, type SocketTables, userOfRemoteEnd } from './socket-table';

/** Whether the user who runs this process, or root, is at the other end of a connection on this computer. */
export type OwnsConnection = (connection: ConnectionEnds) => Promise<boolean>;

interface ConnectionOwnerOptions {
  readonly platform: NodeJS.Platform;
  /** Undefined on Windows. */
  readonly ownUser: number | undefined;
  readonly readTables: () => Promise<SocketTables>;
}

const ofThisProcess: ConnectionOwnerOptions = {
  platform: process.platform,
  ownUser: process.geteuid?.(),
  readTables: readSocketTables,
};

/**
 * On Linux, looks the connection up in the system's tables, once for each connection. Connections that arrive while the
 * tables are read wait for the next reading and share it. One that is not in the tables is another user's: the
 * tables can miss a row while others change, so they are read a second time.
 *
 * macOS and Windows do not tell whose a connection is without native code. There, every connection counts as our own
 * (our choice; SECURITY.md says so).
 */
export function connectionOwner(options: Partial<ConnectionOwnerOptions> = {}): OwnsConnection {
  const { platform, ownUser, readTables } = { ...ofThisProcess, ...options };
  if (platform !== 'linux') return async () => true;
  const read = coalesced(readTables);
  const known = new WeakMap<ConnectionEnds, Promise<boolean>>();
  const lookUp = async (connection: ConnectionEnds): Promise<boolean> => {
    const user = userOfRemoteEnd(connection, await read()) ?? userOfRemoteEnd(connection, await read());
    return user !== undefined && (user === ownUser || user === 0);
  };
  return async (connection) => {
    const found = known.get(connection) ?? lookUp(connection);
    known.set(connection, found);
    try {
      return await found;
    } catch {
      // The tables cannot be read, perhaps only now: too many files are open.
      known.delete(connection);
      return false;
    }
  };
}

/**
 * The rule for signing in a request without credentials, so that nobody needs a password on their own computer. The request
 * must come from this computer and not through a proxy or tunnel, under a loopback name (a page that rebinds its DNS
 * name uses another one), and over a connection of the user who runs this process. Whether another site has caused
 * it is for the caller to check first: this can read the system's tables.
 */
export async function isOwnRequest(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  ownsConnection: OwnsConnection,
): Promise<boolean> {
  if (isForwarded(headers) || !isLoopbackPeer(socket.remoteAddress)) return false;
  if (!isLoopbackHost(hostName(headers.host) ?? '')) return false;
  return ownsConnection(socket);
}
