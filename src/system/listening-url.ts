/** Where a server answers that listens on this host and port, e.g. `http://127.0.0.1:3000`, `http://[::1]:3000`. */
export function listeningUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
