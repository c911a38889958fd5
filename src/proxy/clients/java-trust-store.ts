import { Constructed, Integer, ObjectIdentifier, OctetString, Sequence, Set as SetOf } from 'asn1js';
import { certificatesIn } from '../trust-bundle';

const data = '1.2.840.113549.1.7.1';
const certificateBag = '1.2.840.113549.1.12.10.1.3';
const x509Certificate = '1.2.840.113549.1.9.22.1';
/** Oracle's attribute; without it, Java ignores a certificate: https://bugs.openjdk.org/browse/JDK-8044445 */
const trustedKeyUsage = '2.16.840.1.113894.746875.1.1';
const anyExtendedKeyUsage = '2.5.29.37.0';

/**
 * A PKCS#12 trust store for Java (RFC 7292, appendix D). It has no password, because certificates are public: Java then reads it
 * without a check of its integrity, which the folder's permissions ensure.
 *
 * Composed of plain ASN.1 values: with classes for PKCS#12, each layer is parsed again, which takes 600 ms for all certificates of a
 * system, at each start.
 * @param trusted certificates in PEM
 */
export function javaTrustStore(trusted: string): Uint8Array {
  const bags = sequence(...certificatesIn(trusted).map(trustedBag));
  const authenticatedSafe = sequence(contentOf(bags));
  const version = new Integer({ value: 3 });
  return new Uint8Array(sequence(version, contentOf(authenticatedSafe)).toBER());
}

type Value = Sequence | SetOf | Constructed | Integer | ObjectIdentifier | OctetString;

const sequence = (...value: Value[]) => new Sequence({ value });
const setOf = (...value: Value[]) => new SetOf({ value });
const identifier = (value: string) => new ObjectIdentifier({ value });
const bytes = (valueHex: ArrayBuffer | Uint8Array) => new OctetString({ valueHex });
/** `[0] EXPLICIT`. */
const explicit = (value: Value) =>
  new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [value] });

const contentOf = (value: Value) => sequence(identifier(data), explicit(bytes(value.toBER())));

function trustedBag(pem: string): Value {
  const certificate = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
  return sequence(
    identifier(certificateBag),
    explicit(sequence(identifier(x509Certificate), explicit(bytes(certificate)))),
    setOf(sequence(identifier(trustedKeyUsage), setOf(identifier(anyExtendedKeyUsage)))),
  );
}
