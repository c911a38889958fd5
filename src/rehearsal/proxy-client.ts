import { fetch as fetchWith, ProxyAgent, type RequestInit, type Response } from 'undici';

/** How the emulator is reached: by everybody, through its proxy, trusting its authority. */
export interface ProxyClient {
  /** What a process needs in its environment. Nobody is told to trust every certificate. */
  readonly environment: Readonly<Record<string, string>>;
  /** From this process. */
  newAgent(connectMilliseconds: number): ProxyAgent;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** In ms; everything is on this computer. */
const connectMs = 5_000;

/** @param authority its certificate in PEM, which `authorityFile` holds as well */
export function createProxyClient(proxyUrl: string, authority: string, authorityFile: string): ProxyClient {
  const newAgent = (timeout: number) =>
    new ProxyAgent({ uri: proxyUrl, requestTls: { ca: authority, timeout } });
  const dispatcher = newAgent(connectMs);
  return {
    environment: {
      HTTP_PROXY: proxyUrl,
      HTTPS_PROXY: proxyUrl,
      NO_PROXY: 'localhost,127.0.0.1,::1',
      NODE_EXTRA_CA_CERTS: authorityFile,
      CURL_CA_BUNDLE: authorityFile,
      // Either would lead the clients to other hosts.
      TWILIO_REGION: '',
      TWILIO_EDGE: '',
    },
    newAgent,
    fetch: (url, init = {}) => fetchWith(url, { ...init, dispatcher }),
    close: () => dispatcher.destroy(),
  };
}
