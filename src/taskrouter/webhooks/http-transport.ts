import type { buildConnector, Dispatcher } from 'undici';
import { checkedConnector } from '../egress/connector';
import { EgressRule } from '../egress/egress-rule';
import type { ConnectionSettings } from './connection-overrides';
import { formBody } from './form-body';
import { ResponseReader } from './response-reader';
import {
  type CallbackRequest,
  type CallbackResponse,
  type EarlyEnd,
  ExchangeFailed,
  type Transport,
} from './transport';
import { wireUrl } from './wire-url';

/** How an agent connects to receivers. */
interface Connecting {
  /** Within this many milliseconds. */
  readonly connectMs: number;
  /** Opens connections within that time, and only where callbacks may go. */
  readonly connect: buildConnector.connector;
}
export type NewAgent = (connecting: Connecting) => Dispatcher;

export interface HttpTransportOptions {
  /** Opens the connections to receivers; default: direct connections. */
  readonly newAgent?: NewAgent | undefined;
  /** Where callbacks may go; default: not to link-local and metadata addresses. */
  readonly egress?: EgressRule | undefined;
  /** Default: every callback goes to its URL. */
  readonly rewrites?: readonly Rewrite[] | undefined;
}

/** Sends what is meant for one origin to another, as a tunnel does: the signature and the Host stay. */
export interface Rewrite {
  /** An origin, such as `https://name.example`. */
  readonly from: string;
  readonly to: string;
}

/** Sends callbacks over HTTP/1.1 with persistent connections. Does not follow redirects. */
export class HttpTransport implements Transport {
  /** One agent for each connect time, because undici sets it per connection, not per request. */
  private readonly agents = new Map<number, Dispatcher>();

  private readonly newAgent: NewAgent;
  private readonly egress: EgressRule;
  private readonly rewrites: readonly Rewrite[];

  constructor(options: HttpTransportOptions = {}) {
    const { newAgent = directAgent, egress = new EgressRule(), rewrites = [] } = options;
    this.newAgent = newAgent;
    this.egress = egress;
    this.rewrites = rewrites;
  }

  async perform(
    request: CallbackRequest,
    settings: ConnectionSettings,
    end: EarlyEnd,
  ): Promise<CallbackResponse> {
    const url = wireUrl(request.url);
    if (!url) throw new ExchangeFailed('invalid_url', 'not an http or https URL');
    const rewrite = this.rewrites.find(({ from }) => from === url.origin);
    const origin = rewrite?.to ?? url.origin;
    // Before any agent: a proxy would open the connection itself.
    this.egress.checkUrl(origin);
    const reader = new ResponseReader(settings.readMs, end);
    const { method = 'POST' } = request;
    const body = method === 'POST' ? formBody(request.parameters) : null;
    const { path } = url;
    // A copy, because a proxy agent adds headers.
    const headers = { ...request.headers, ...(rewrite && tunnelHeaders(rewrite)) };
    this.agent(settings.connectMs).dispatch(
      { origin, path, method, headers, body, headersTimeout: 0, bodyTimeout: 0 },
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
      const connect = connectWithin(connectMs, checkedConnector(this.egress, connectMs));
      agent = this.newAgent({ connectMs, connect });
      this.agents.set(connectMs, agent);
    }
    return agent;
  }
}

/** Our choice: what tunnels tell the receiver about the request. https://ngrok.com/docs/http/#headers */
function tunnelHeaders({ from }: Rewrite): Record<string, string> {
  const { host, protocol } = new URL(from);
  return { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.replace(':', '') };
}

/** Connects without a proxy, and without a limit for connections: one that hangs must not delay another request. */
export function directAgent({ connect }: Pick<Connecting, 'connect'>): Dispatcher {
  // Loaded at the first callback, because the rest of the service starts without it.
  const { Agent }: typeof import('undici') = require('undici');
  return new Agent({ connect, connections: null, pipelining: 1 });
}

/** undici's own connect timer has a resolution of half a second, too coarse for times as short as 100 ms. */
function connectWithin(milliseconds: number, connect: buildConnector.connector): buildConnector.connector {
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
