import {
  buildConnector,
  Dispatcher,
  fetch as fetchWith,
  ProxyAgent,
  type RequestInit,
  type Response,
} from 'undici';
import { isLoopbackHost } from '../common/loopback';
import { directAgent, type NewAgent } from '../taskrouter/webhooks/http-transport';

/** How clients reach the emulator: through its proxy, trusting its authority. */
export interface ProxyClient {
  /** From this process; loopback addresses are reached directly. */
  readonly newAgent: NewAgent;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** In ms; everything is on this computer. */
const fetchConnectMs = 5_000;

/** @param authority its certificate in PEM */
export function createProxyClient(proxyUrl: string, authority: string): ProxyClient {
  const newAgent: NewAgent = ({ connectMs, connect }) =>
    new EmulatorAgent(
      directAgent({ connect }),
      new ProxyAgent({ uri: proxyUrl, requestTls: { ca: authority, timeout: connectMs } }),
    );
  const connect = buildConnector({ timeout: fetchConnectMs });
  const dispatcher = newAgent({ connectMs: fetchConnectMs, connect });
  return {
    newAgent,
    fetch: (url, init = {}) => fetchWith(url, { ...init, dispatcher }),
    close: () => dispatcher.destroy(),
  };
}

/** Callbacks may also go to a program on this computer, which the proxy would refuse. */
class EmulatorAgent extends Dispatcher {
  readonly #direct: Dispatcher;
  readonly #proxied: Dispatcher;

  constructor(direct: Dispatcher, proxied: Dispatcher) {
    super();
    this.#direct = direct;
    this.#proxied = proxied;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { hostname } = new URL(String(options.origin));
    const agent = isLoopbackHost(hostname) ? this.#direct : this.#proxied;
    return agent.dispatch(options, handler);
  }

  override async destroy(): Promise<void> {
    await Promise.all([this.#direct.destroy(), this.#proxied.destroy()]);
  }
}
