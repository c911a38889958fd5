import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type TLSSocket } from 'node:tls';
import { fetch, ProxyAgent, type RequestInit } from 'undici';

/** Sends requests through a proxy, as a client that trusts only these certificates. */
export class TestProxyClient {
  readonly #agent: ProxyAgent;
  readonly #proxyUrl: string;
  readonly #ca: string;

  constructor(proxyUrl: string, ca: string) {
    this.#proxyUrl = proxyUrl;
    this.#ca = ca;
    this.#agent = new ProxyAgent({ uri: proxyUrl, requestTls: { ca } });
  }

  /** With CONNECT. */
  fetch(url: string, init: RequestInit = {}) {
    return fetch(url, { ...init, dispatcher: this.#agent });
  }

  /** In absolute form, as axios does. */
  async fetchAbsolute(path: string, headers: Record<string, string> = {}) {
    const outgoing = request(this.#proxyUrl, { path, headers, agent: false });
    outgoing.end();
    const [response] = await once(outgoing, 'response');
    let text = '';
    for await (const part of response.setEncoding('utf8')) text += part;
    return { status: response.statusCode as number, text };
  }

  /** A tunnel with TLS to a host. */
  async secureTunnel(name: string, port = 443): Promise<TLSSocket> {
    const outgoing = request(this.#proxyUrl, { method: 'CONNECT', path: `${name}:${port}`, agent: false });
    outgoing.end();
    const [{ statusCode }, socket] = await once(outgoing, 'connect');
    if (statusCode !== 200) throw new Error(`CONNECT got ${statusCode}`);
    const secure = connect({ socket, servername: name, ca: this.#ca });
    await once(secure, 'secureConnect');
    return secure;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
