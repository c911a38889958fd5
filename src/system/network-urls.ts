import { networkInterfaces } from 'node:os';
import { isLoopbackHost, isUnspecifiedAddress } from '../common/loopback';
import { listeningUrl } from './listening-url';

/**
 * The URLs under which other computers reach a server that listens on `host`; none on a loopback address. A server that
 * listens everywhere has one for each network; IPv6 addresses only if there are no others.
 */
export function networkUrls(host: string, port: number, interfaces = networkInterfaces()): string[] {
  if (isLoopbackHost(host)) return [];
  if (!isUnspecifiedAddress(host)) return [listeningUrl(host, port)];
  const outside = Object.values(interfaces)
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address));
  const ipv4 = outside.filter(({ family }) => family === 'IPv4');
  return (ipv4.length > 0 ? ipv4 : outside).map(({ address }) => listeningUrl(address, port));
}
