/** Whether a host name or address, as a URL or a Host header has it, means this computer. */
export function isLoopbackHost(name: string): boolean {
  return /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(name);
}

/** Whether the other end of a connection is on this computer. */
export function isLoopbackPeer(address: string | undefined): boolean {
  return /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address ?? '');
}
