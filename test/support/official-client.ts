import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import twilio, { type Twilio } from 'twilio';
import { ProxyAgent } from 'undici';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { accountByToken, type TwilioAccount } from '../../src/system/twilio-account';

/**
 * The official client, reaching the emulator as it does in a process that has its environment. In this process HTTP_PROXY
 * would count for every test, so the client is given the way there instead.
 */
export function officialClient(
  { environment, account }: TwilioEmulator,
  { accountSid, username, password }: TwilioAccount = accountByToken(account),
): Twilio {
  const httpClient = new twilio.RequestClient();
  httpClient.axios.defaults.httpsAgent = new TunnelAgent(
    new URL(environment.HTTP_PROXY as string),
    readFileSync(environment.NODE_EXTRA_CA_CERTS as string),
  );
  return twilio(username, password, { accountSid, httpClient, region: '', edge: '' });
}

/** Sends this process's requests to the emulator. */
export function emulatorDispatcher({ environment }: TwilioEmulator): ProxyAgent {
  return new ProxyAgent({
    uri: environment.HTTPS_PROXY as string,
    requestTls: { ca: readFileSync(environment.NODE_EXTRA_CA_CERTS as string, 'utf8') },
  });
}

/** One connection for each host, kept open: a TLS handshake costs more than a request. */
class TunnelAgent extends Agent {
  constructor(
    private readonly proxy: URL,
    private readonly authority: Buffer,
  ) {
    super({ keepAlive: true, maxSockets: 1 });
  }

  // @ts-expect-error The types do not know of agents that connect asynchronously.
  override createConnection(
    { host }: AgentOptions & { host: string },
    created: (error: Error | null, socket?: Duplex) => void,
  ): void {
    const { hostname, port } = this.proxy;
    const tunnel = request({ host: hostname, port, method: 'CONNECT', path: `${host}:443`, agent: false });
    tunnel.once('error', created);
    tunnel.once('connect', (_response, socket) =>
      created(null, connect({ socket, servername: host, ca: this.authority })),
    );
    tunnel.end();
  }
}
