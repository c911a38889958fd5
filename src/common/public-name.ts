import { isLoopbackHost, isUnspecifiedAddress } from './loopback';

/** Names for private networks: RFC 6761, RFC 6762, RFC 8375, and `.internal`. */
const privateNames = /(?:^|\.)(?:local|internal|home\.arpa|test|invalid|example|lan|home|corp)$/i;
/** RFC 1918, link-local (RFC 3927), and shared (RFC 6598) addresses; unique local and link-local ones of IPv6. */
const privateAddresses =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cd]|\[fe[89ab])/i;

/** Whether a host can be on the internet. @param name as a URL spells it */
export function isPublicName(name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '');
  if (isLoopbackHost(name) || isUnspecifiedAddress(address)) return false;
  const isName = !/^[\d.]+$|^\[/.test(name);
  return isName ? name.includes('.') && !privateNames.test(name) : !privateAddresses.test(name);
}
