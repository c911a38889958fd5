import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { remembering } from '../../common/remembering';
import { isBlockedAddress, listHas } from './blocked-addresses';

/** A request must not go there. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused';
  readonly code = 'EGRESS_REFUSED';
}

/** An address to which a name resolved. */
interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/**
 * Decides where requests may go whose URLs come from users: callbacks, replays, and TwiML. A URL must be http or https,
 * and must not point to a link-local or metadata address or (our choice) to this service itself, in any spelling.
 * `checkUrl` decides what the URL alone shows; `allowedAddresses` decides about the addresses of its name, right before
 * the connection is made to one of them. A redirect is a new request, so it is checked like the first one.
 */
export class EgressRule {
  /** @param ownPort where this service listens; null while it does not */
  constructor(private readonly ownPort: () => number | null = () => null) {}

  /** @throws EgressRefused */
  checkUrl(url: string): void {
    const host = hostOf(url);
    if (!host) throw new EgressRefused('not an http or https URL');
    if (host.address) this.allowedAddresses(host.name, [host.address], host.port);
  }

  /**
   * The addresses of a host to which a connection may be made.
   * @throws EgressRefused if there is none
   */
  allowedAddresses(
    host: string,
    addresses: readonly ResolvedAddress[],
    port: number,
  ): readonly ResolvedAddress[] {
    const refusals = addresses.map(({ address }) => this.refusalOf(address, port));
    const allowed = addresses.filter((_, index) => refusals[index] === null);
    if (allowed.length > 0) return allowed;
    const what = refusals[0] ?? 'a name without an address';
    throw new EgressRefused(`${host} is ${what}`);
  }

  private refusalOf(address: string, port: number): string | null {
    if (isBlockedAddress(address)) return `a link-local or metadata address (${address})`;
    if (port === this.ownPort() && listHas(addressesOfThisComputer(), address))
      return 'the address of the local TaskRouter itself';
    return null;
  }
}

/** The host of an http or https URL, with its address if the URL has one in place of a name; otherwise null. */
const hostOf = remembering((url) => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !isHttp(parsed)) return null;
  // URL has already normalized every spelling of an IPv4 address (0xa9fea9fe, 0251.0376.43518).
  const address = parsed.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  return { name: parsed.hostname, port: portOf(parsed), address: family ? { address, family } : null };
});

const isHttp = ({ protocol }: URL) => protocol === 'http:' || protocol === 'https:';

/** Also as a connector gets them, with an empty port for the default one. */
export function portOf({ protocol, port }: { readonly protocol: string; readonly port: string }): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

/** Read for each decision, because networks come and go; but only for requests to our own port. */
function addressesOfThisComputer(): BlockList {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8);
  list.addAddress('0.0.0.0');
  for (const address of ['::', '::1']) list.addAddress(address, 'ipv6');
  for (const { address, family } of Object.values(networkInterfaces()).flatMap((each) => each ?? []))
    list.addAddress(address.replace(/%.*$/, ''), family === 'IPv6' ? 'ipv6' : 'ipv4');
  return list;
}
