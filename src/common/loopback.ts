/**
 * Whether a host name or address means this computer. Takes a name as a URL or a Host header spells it, without the
 * port: `localhost`, `127.0.0.1`, `[::1]`. Names below `.localhost` count: resolvers must answer them with loopback
 * addresses (RFC 6761, section 6.3).
 */
export function isLoopbackHost(name: string): boolean {
  return /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(name);
}

/** Whether the other end of a connection is on this computer. */
export function isLoopbackPeer(address: string | undefined): boolean {
  return /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address ?? '');
}
