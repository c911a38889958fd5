import { createServer } from 'node:https';
import { connect } from 'node:tls';
import { makeCertificates, newAuthority } from '../../src/proxy/certificates';
import { listening } from '../support/listening';

/** How a client that trusts the authority finds a server with the certificate. */
async function handshake(
  ca: string,
  { certificate: cert, key }: { certificate: string; key: string },
  servername: string,
) {
  const server = createServer({ cert, key });
  const port = await listening(server);
  const socket = connect({ host: '127.0.0.1', port, servername, ca });
  const result = await new Promise<string>((resolve) => {
    socket.once('secureConnect', () => resolve('trusted'));
    socket.once('error', ({ message }: Error) => resolve(message));
  });
  socket.destroy();
  server.close();
  return result;
}

it.each([
  'taskrouter.twilio.com',
  'event-bridge.ie1.twilio.com',
  'taskrouter.dublin.ie1.twilio.com',
  'taskrouter.sydney-ix.au1.twilio.com',
  'care-1234-dev.twil.io',
])('has a certificate that a client accepts for %s', async (name) => {
  const { authority, ...certificate } = await makeCertificates();
  expect(await handshake(authority, certificate, name)).toBe('trusted');
});

it('has no certificate for other names', async () => {
  const { authority, ...certificate } = await makeCertificates();
  expect(await handshake(authority, certificate, 'twilio.com.example')).toMatch(
    /^Hostname\/IP does not match certificate's altnames/,
  );
});

it.each(['example.com', 'nottwilio.com', 'twilio.com.example', 'localhost'])(
  'has an authority that cannot vouch for %s',
  async (name) => {
    const authority = await newAuthority();
    const issued = await authority.issue([name]);
    expect(await handshake(authority.certificate, issued, name)).toBe('permitted subtree violation');
  },
);

it('gives out no key of the authority', async () => {
  expect(Object.keys(await makeCertificates()).sort()).toEqual(['authority', 'certificate', 'key']);
});
