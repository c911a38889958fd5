import { BlockList } from 'node:net';
import { remembering } from '../../common/remembering';

/**
 * Our choice: addresses with which a request from here would reach the credentials of a cloud machine, or a neighbor that
 * never expects one. Private and loopback addresses are allowed, because receivers run there.
 */
const blockedRanges: readonly (readonly [address: string, bits: number])[] = [
  // Link-local (RFC 3927), with the metadata services of AWS, Azure, Google Cloud, and others at 169.254.169.254.
  ['169.254.0.0', 16],
  // Alibaba Cloud: https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
  ['100.100.100.200', 32],
  // Oracle Cloud, first generation: https://docs.oracle.com/en/cloud/iaas-classic/compute-iaas-cloud/
  ['192.0.0.192', 32],
  // Azure: https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
  ['168.63.129.16', 32],
];
const blockedRanges6: readonly (readonly [address: string, bits: number])[] = [
  // Link-local (RFC 4291).
  ['fe80::', 10],
  // AWS: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
  ['fd00:ec2::', 32],
  // Google Cloud: https://cloud.google.com/compute/docs/metadata/querying-metadata
  ['fd20:ce::254', 128],
];

/** IPv6 prefixes before an IPv4 address: compatible (RFC 4291), translated (RFC 7915), NAT64 (RFC 6052, RFC 8215). */
const embeddingPrefixes = ['::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'];

const blocked = new BlockList();
for (const [address, bits] of blockedRanges6) blocked.addSubnet(address, bits, 'ipv6');
for (const [address, bits] of blockedRanges) {
  // Covers the mapped form, ::ffff:169.254.0.0, too.
  blocked.addSubnet(address, bits);
  for (const prefix of embeddingPrefixes) blocked.addSubnet(prefix + address, 96 + bits, 'ipv6');
  // 6to4 (RFC 3056).
  blocked.addSubnet(`2002:${hexadecimal(address)}::`, 16 + bits, 'ipv6');
}

/** @param address an IP address in its usual form, as a resolver or `URL` returns it */
export const isBlockedAddress = remembering((address) => listHas(blocked, address));

/** Whether a list has the address, whose zone (`%eth0`) does not matter. */
export function listHas(list: BlockList, address: string): boolean {
  const [withoutZone = ''] = address.split('%');
  return list.check(withoutZone, withoutZone.includes(':') ? 'ipv6' : 'ipv4');
}

/** An IPv4 address as two groups of an IPv6 address. */
function hexadecimal(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
