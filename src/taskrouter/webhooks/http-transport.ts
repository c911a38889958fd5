import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { ConnectionSettings } from './connection-overrides';
import { ResponseReader } from './response-reader';
import { type CallbackRequest, type CallbackResponse, ExchangeFailed, type Transport } from './transport';
import { wireUrl } from './wire-url';

/** Creates an agent that opens connections within this many milliseconds. */
export type NewAgent = (connectMs: number) => Dispatcher;

/** Sends callbacks over HTTP/1.1 with persistent connections. Does not follow redirects. */
export class HttpTransport implements Transport {
  /** One agent for each connect time, because undici sets it per connection, not per request. */
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
    // A copy, because a proxy agent adds headers.
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

  private agent(connectMs: number): Dispatcher {
    let agent = this.agents.get(connectMs);
    if (!agent) {
      agent = this.newAgent(connectMs);
      this.agents.set(connectMs, agent);
    }
    return agent;
  }
}

/** Connects without a proxy. */
export function directAgent(connectMs: number): Dispatcher {
  return new Agent({ connect: connectWithin(connectMs) });
}

/** undici's own connect timer has a resolution of half a second, too coarse for times as short as 100 ms. */
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
