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

/** Whether it stands for all addresses of a computer, in any spelling: `0.0.0.0`, `::`, `0`. */
export function isUnspecifiedAddress(address: string): boolean {
  return /^[0:.]+$/.test(address);
}

/**
 * Whether an address is an http or https origin on this computer, without credentials or a path: the account's
 * credentials go wherever TASKROUTER_BASE_URL points.
 */
export function isLoopbackUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(address);
  const isOrigin = pathname === '/' && !username && !password && !search && !hash;
  // URL has already normalized every spelling of an address (0x7f.1, 127.1).
  return isOrigin && ['http:', 'https:'].includes(protocol) && isLoopbackHost(hostname);
}
