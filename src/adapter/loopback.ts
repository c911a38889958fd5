import { isLoopbackHost } from '../common/loopback';

/**
 * True for an http or https origin on this computer. The account's credentials go wherever TASKROUTER_BASE_URL points,
 * so nothing else will do.
 */
export function isLoopbackUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(address);
  // URL has already normalized every spelling of an address (0x7f.1, 127.1).
  const isOrigin = pathname === '/' && !username && !password && !search && !hash;
  return isOrigin && ['http:', 'https:'].includes(protocol) && isLoopbackHost(hostname);
}
