import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { isBlockedAddress } from '../../src/taskrouter/egress/blocked-addresses';
import { EgressRefused, EgressRule } from '../../src/taskrouter/egress/egress-rule';

const ownPort = 4040;
const rule = new EgressRule(() => ownPort);
const check = (url: string) => () => rule.checkUrl(url);

describe('a URL', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/',
    'http://169.254.169.254.:8080/',
    'http://user:password@169.254.169.254/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0XA9FEA9FE/',
    'http://025177524776/',
    'http://0251.0376.0251.0376/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://169.254.43518/',
    'http://169.16689662/',
    'http://0251.0xfe.43518/',
    'http://%31%36%39.254.169.254/',
    'http://\uff11\uff16\uff19.254.169.254/',
    'http://169\u3002254\u3002169\u3002254/',
    'http://169.254.170.2/v2/credentials',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[0:0:0:0:0:FFFF:A9FE:A9FE]/',
    'http://[::169.254.169.254]/',
    'http://[::ffff:0:169.254.169.254]/',
    'http://[64:ff9b::169.254.169.254]/',
    'http://[64:ff9b:1::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::1]/',
    'http://[fe80::1]/',
    'http://[febf:ffff::1]/',
    'http://[fd00:ec2::254]/',
    'http://[FD00:0EC2:0:0:0:0:0:23]/',
    'http://[fd20:ce::254]/',
    'http://100.100.100.200/',
    'http://192.0.0.192/',
    'http://168.63.129.16/',
  ])('%s points to a link-local or metadata address', (url) => {
    expect(check(url)).toThrow(/link-local or metadata address/);
    expect(check(url)).toThrow(EgressRefused);
  });

  it.each([
    'http://127.0.0.1:4040/_taskrouter/reset',
    'http://127.0.0.1:4040/v1/Workspaces',
    'http://127.9.9.9:4040/',
    'http://2130706433:4040/',
    'http://0x7f.1:04040/',
    'http://0:4040/',
    'http://0.0.0.0:4040/',
    'http://[::1]:4040/',
    'http://[::]:4040/',
    'http://[::ffff:127.0.0.1]:4040/',
    'https://127.0.0.1:4040/',
  ])('%s points to the service itself', (url) => {
    expect(check(url)).toThrow('the address of the local TaskRouter itself');
  });

  it('points to the service itself at every address of this computer', () => {
    const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    expect(addresses.length).toBeGreaterThan(0);
    for (const { address, family } of addresses) {
      if (isBlockedAddress(address)) continue;
      const host = family === 'IPv6' ? `[${address}]` : address;
      expect(check(`http://${host}:4040/`)).toThrow('itself');
      expect(check(`http://${host}:4041/`)).not.toThrow();
    }
  });

  it.each([
    'ftp://host.test/',
    'file:///etc/passwd',
    'gopher://host.test/',
    'host.test',
    '//host.test/',
    'http://',
    '',
  ])('%j is not http or https', (url) => expect(check(url)).toThrow('not an http or https URL'));

  it.each([
    'http://127.0.0.1:3000/assignment-callback',
    'http://[::1]:3000/',
    'http://localhost:3000/',
    'http://10.0.0.5/',
    'http://192.168.1.20:4040/',
    'http://172.16.0.1/',
    'http://100.100.100.201/',
    'http://169.253.255.255/',
    'http://169.255.0.0/',
    'http://[fd00::1]/',
    'http://[fec0::1]/',
    'https://host.example/',
    'HTTPS://HOST.example:8443/a?b#c',
  ])('%s is allowed', (url) => expect(check(url)).not.toThrow());

  it('at the port of a service that does not listen yet is allowed', () => {
    expect(() => new EgressRule().checkUrl('http://127.0.0.1:4040/')).not.toThrow();
  });
});

/** One number of an address: decimal, octal, or hexadecimal, with zeros before it. */
const spelled = (value: number) =>
  fc.constantFrom(
    String(value),
    `0${value.toString(8)}`,
    `00${value.toString(8)}`,
    `0x${value.toString(16)}`,
    `0X${value.toString(16).toUpperCase()}`,
  );

/** Every way to write an IPv4 address that browsers and curl read: one to four numbers, of which the last is the rest. */
const spelledAddress = (bytes: readonly number[]) =>
  fc.integer({ min: 0, max: 3 }).chain((single) => {
    const rest = bytes.slice(single).reduce((sum, byte) => sum * 256 + byte, 0);
    const numbers = [...bytes.slice(0, single), rest].map(spelled);
    return fc
      .tuple(fc.tuple(...numbers), fc.constantFrom('', '.'))
      .map(([parts, dot]) => parts.join('.') + dot);
  });

const hex = (high = 0, low = 0) => (high * 256 + low).toString(16);

/** The forms of an IPv4 address inside an IPv6 address. */
const embedded = (bytes: readonly number[]) => {
  const [a, b, c, d] = bytes;
  const groups = `${hex(a, b)}:${hex(c, d)}`;
  return fc.constantFrom(
    `[::ffff:${bytes.join('.')}]`,
    `[::ffff:${groups}]`,
    `[0:0:0:0:0:ffff:${groups.toUpperCase()}]`,
    `[64:ff9b::${groups}]`,
    `[2002:${groups}::]`,
    `[::${bytes.join('.')}]`,
  );
};

const byte = fc.integer({ min: 0, max: 255 });
const linkLocal = fc.tuple(fc.constant(169), fc.constant(254), byte, byte);
const anyAddress = fc.tuple(byte, byte, byte, byte);
const metadata = new Set(['100.100.100.200', '192.0.0.192', '168.63.129.16']);
const isLinkLocal = ([a, b]: readonly number[]) => a === 169 && b === 254;

const writtenIn = (addresses: fc.Arbitrary<number[]>) =>
  addresses.chain((bytes) => fc.oneof(spelledAddress(bytes), embedded(bytes)));

it('refuses a link-local address in whatever way it is written', () => {
  fc.assert(
    fc.property(writtenIn(linkLocal), (host) => {
      expect(check(`http://${host}/`)).toThrow(EgressRefused);
    }),
  );
});

it('allows any other address in whatever way it is written', () => {
  const others = anyAddress.filter((bytes) => !isLinkLocal(bytes) && !metadata.has(bytes.join('.')));
  fc.assert(
    fc.property(writtenIn(others), (host) => {
      expect(check(`http://${host}/`)).not.toThrow();
    }),
  );
});
