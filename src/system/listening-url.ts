/** The URL of a server that listens on this host and port, such as `http://127.0.0.1:3000` or `http://[::1]:3000`. */
export function listeningUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
