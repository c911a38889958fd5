import { generate } from 'selfsigned';

/** A certificate authority for one run and the one certificate that it issued. All in PEM. */
export interface Certificates {
  /** The authority's certificate, for clients to trust. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const hourMs = 3_600_000;
/** Our choice: longer than a rehearsal takes, and useless soon after. */
const validity = () => ({
  notBeforeDate: new Date(Date.now() - hourMs),
  notAfterDate: new Date(Date.now() + 7 * 24 * hourMs),
});

/** Makes new ones; the key is never written to disk. @param hosts names; `*.` matches one label */
export async function makeCertificates(hosts: readonly string[]): Promise<Certificates> {
  const authority = await generate(
    [{ name: 'commonName', value: 'Rehearsal of one run: trust nowhere else' }],
    {
      ...validity(),
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, critical: true },
      ],
    },
  );
  const { cert, private: key } = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], {
    ...validity(),
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  return { authority: authority.cert, certificate: cert, key };
}
