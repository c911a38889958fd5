import { open } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { endianness } from 'node:os';

/** The two ends of a TCP connection, as node:net reports them. */
export interface ConnectionEnds {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

/** Linux's tables of all TCP sockets of this network namespace: https://docs.kernel.org/networking/proc_net_tcp.html */
export interface SocketTables {
  readonly tcp: string;
  readonly tcp6: string;
}

/** @throws Error if the system has no such tables, or hides them */
export async function readSocketTables(): Promise<SocketTables> {
  return { tcp: await readTable('/proc/net/tcp'), tcp6: await readTable('/proc/net/tcp6') };
}

/**
 * The kernel returns a table in pieces of a page, and 20,000 sockets are 3 MB. Hand-written: `readFile` allocates 64 KB
 * for each piece, and `readFileSync` would block the event loop.
 */
async function readTable(file: string): Promise<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    // The kernel has no IPv6.
    if (error.code === 'ENOENT' && file.endsWith('6')) return null;
    throw error;
  });
  const buffer = Buffer.allocUnsafe(65_536);
  let text = '';
  try {
    for (;;) {
      const { bytesRead = 0 } = (await handle?.read(buffer, 0, buffer.length, null)) ?? {};
      if (bytesRead === 0) return text;
      text += buffer.toString('latin1', 0, bytesRead);
    }
  } finally {
    await handle?.close();
  }
}

/**
 * The user ID of the process at the remote end of a connection; undefined if the tables do not tell. A socket whose
 * process has closed it has the inode 0, and the user ID in its row is 0 whoever it belonged to.
 */
export function userOfRemoteEnd(connection: ConnectionEnds, tables: SocketTables): number | undefined {
  const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = connection;
  for (const [table, format] of [
    [tables.tcp, ipv4Address],
    [tables.tcp6, ipv6Address],
  ] as const) {
    const [theirs, ours] = [format(remoteAddress), format(localAddress)];
    if (theirs === undefined || ours === undefined) continue;
    const user = userOfRow(table, ` ${theirs}:${port(remotePort)} ${ours}:${port(localPort)} `);
    if (user !== undefined) return user;
  }
  return undefined;
}

/** @param ends the row's local and remote address */
function userOfRow(table: string, ends: string): number | undefined {
  const start = table.indexOf(ends);
  if (start === -1) return undefined;
  const row = table.slice(start + ends.length, start + ends.length + 200).split('\n', 1)[0] ?? '';
  const [_state, _queues, _timer, _retransmits, user, _timeout, inode] = row.trim().split(/\s+/);
  const isOpen = inode !== undefined && /^[1-9]\d*$/.test(inode);
  return isOpen && user !== undefined && /^\d+$/.test(user) ? Number(user) : undefined;
}

const port = (number: number): string => number.toString(16).toUpperCase().padStart(4, '0');

/** `127.0.0.1` and `::ffff:127.0.0.1` as the table of IPv4 sockets spells it: `0100007F`. */
function ipv4Address(address: string): string | undefined {
  const text = address.replace(/^::ffff:/i, '');
  return isIPv4(text) ? word(text.split('.').map(Number)) : undefined;
}

/** The address as the table of IPv6 sockets spells it. An IPv6 socket that is connected to an IPv4 address has a mapped one. */
function ipv6Address(address: string): string | undefined {
  if (ipv4Address(address) !== undefined)
    return `${'0'.repeat(16)}${word([0, 0, 255, 255])}${ipv4Address(address)}`;
  if (!address.includes(':')) return undefined;
  const groups = groupsOf(address.replace(/%.*$/s, ''));
  const bytes = groups.flatMap((group) => [group >> 8, group & 255]);
  return [0, 4, 8, 12].map((start) => word(bytes.slice(start, start + 4))).join('');
}

/** The eight groups of an IPv6 address in the spelling that Node uses. */
function groupsOf(address: string): number[] {
  const [before = '', after] = address.split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [head, tail] = [read(before), read(after ?? '')];
  return [...head, ...Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
}

/** The kernel prints four bytes of an address as one number in its own byte order. */
function word(bytes: readonly number[]): string {
  const ordered = endianness() === 'LE' ? bytes.toReversed() : bytes;
  return ordered.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}
