import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { certifiedNames, twilioDomains } from './twilio-names';

/** A certificate authority for one run and the one certificate that it issued. All in PEM. */
export interface Certificates {
  /** The authority's certificate, for clients to trust. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const authorityName = 'CN=taskrouter-lifecycle (one run on this computer)';
const leafName = 'CN=taskrouter.twilio.com';
const hourMs = 3_600_000;
/** Our choice: longer than a service runs without a restart, and useless soon after. */
const validity = () => ({
  notBefore: new Date(Date.now() - hourMs),
  notAfter: new Date(Date.now() + 30 * 24 * hourMs),
});

/**
 * Makes a new authority and a certificate for every Twilio host. The key of the authority is gone once this returns, and the key of
 * the certificate is never written to disk.
 */
export async function makeCertificates(): Promise<Certificates> {
  const authority = await newAuthority();
  return { authority: authority.certificate, ...(await authority.issue(certifiedNames)) };
}

interface Authority {
  /** In PEM. */
  readonly certificate: string;
  /** Issues a certificate. Clients reject it if it has a name that is not Twilio's. */
  issue(names: readonly string[]): Promise<Pick<Certificates, 'certificate' | 'key'>>;
}

/** An authority that is limited to Twilio's names, so that a client that trusts it trusts nothing else because of it. */
export async function newAuthority(): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: authorityName,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(onlyTwilio())),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: certificate.toString('pem'),
    issue: (names) => issue(certificate.subject, keys, names),
  };
}

const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Names of a kind that is not mentioned would all be allowed, so no address is: RFC 5280, section 4.2.1.10. */
function onlyTwilio(): NameConstraints {
  const subtrees = (names: readonly ConstructorParameters<typeof GeneralName>[0][]) =>
    new GeneralSubtrees(names.map((name) => new GeneralSubtree({ base: new GeneralName(name) })));
  return new NameConstraints({
    permittedSubtrees: subtrees(twilioDomains.map((dNSName) => ({ dNSName }))),
    excludedSubtrees: subtrees([{ iPAddress: '0.0.0.0/0' }, { iPAddress: '::/0' }]),
  });
}

async function issue(
  issuer: string,
  { privateKey: signingKey, publicKey: authorityKey }: CryptoKeyPair,
  names: readonly string[],
): Promise<Pick<Certificates, 'certificate' | 'key'>> {
  const { publicKey, privateKey } = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    ...validity(),
    subject: leafName,
    issuer,
    signingAlgorithm: algorithm,
    signingKey,
    publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))),
      // Both are needed by clients that check strictly, such as Python 3.13.
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(authorityKey),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', privateKey);
  return {
    certificate: certificate.toString('pem'),
    key: PemConverter.encode(key, PemConverter.PrivateKeyTag),
  };
}
