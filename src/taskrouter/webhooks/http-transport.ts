import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { ConnectionSettings } from './connection-overrides';
import { ResponseReader } from './response-reader';
import { type CallbackRequest, type CallbackResponse, ExchangeFailed, type Transport } from './transport';
import { wireUrl } from './wire-url';

/** Opens connections that may take so many milliseconds to come about. */
export type NewAgent = (connectMilliseconds: number) => Dispatcher;

/** Callbacks over HTTP/1.1, on connections that are kept for a while. Redirects are not followed. */
export class HttpTransport implements Transport {
  /** The connect time belongs to a connection and not to a request, hence one agent for each. */
  private readonly agents = new Map<number, Dispatcher>();

  constructor(private readonly newAgent: NewAgent = directAgent) {}

  async perform(
    request: CallbackRequest,
    settings: ConnectionSettings,
    signal: AbortSignal,
  ): Promise<CallbackResponse> {
    const url = wireUrl(request.url);
    if (!url) throw new ExchangeFailed('invalid_url', 'not an http or https URL');
    const reader = new ResponseReader(settings.readMs, signal);
    const body = new URLSearchParams(request.parameters).toString();
    const { origin, path } = url;
    // A copy: the agent of a proxy adds to them.
    const headers = { ...request.headers };
    this.agent(settings.connectMs).dispatch(
      { origin, path, method: 'POST', headers, body, headersTimeout: 0, bodyTimeout: 0 },
      reader,
    );
    return reader.response;
  }

  async close(): Promise<void> {
    const agents = [...this.agents.values()];
    this.agents.clear();
    await Promise.all(agents.map((agent) => agent.destroy()));
  }

  private agent(connectMilliseconds: number): Dispatcher {
    let agent = this.agents.get(connectMilliseconds);
    if (!agent) {
      agent = this.newAgent(connectMilliseconds);
      this.agents.set(connectMilliseconds, agent);
    }
    return agent;
  }
}

/** Connects without a proxy. */
export function directAgent(connectMilliseconds: number): Dispatcher {
  return new Agent({ connect: connectWithin(connectMilliseconds) });
}

/** undici's own connect timer ticks every half second, too coarse for times that start at 100 ms. */
function connectWithin(milliseconds: number): buildConnector.connector {
  const connect = buildConnector({ timeout: milliseconds });
  return (options, callback) => {
    let over = false;
    const finish: buildConnector.Callback = (...[error, socket]) => {
      if (over) return void socket?.destroy();
      over = true;
      clearTimeout(timer);
      if (error) callback(error, null);
      else callback(null, socket);
    };
    const late = new ExchangeFailed('connect_timeout', `no connection within ${milliseconds} ms`);
    const timer = setTimeout(() => finish(late, null), milliseconds);
    connect(options, finish);
  };
}
