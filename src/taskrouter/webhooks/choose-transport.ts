import { HttpTransport, type NewAgent } from './http-transport';
import { type CallbackResponder, inProcessTransport } from './in-process-transport';
import type { Transport } from './transport';

export interface TransportOptions {
  /** Responds to callbacks in place of HTTP. */
  readonly respond?: CallbackResponder | undefined;
  /** Opens the connections to receivers; default: direct connections. */
  readonly newAgent?: NewAgent | undefined;
}

/** Where callbacks go: to a function in this process if there is one, otherwise to the network. */
export function chooseTransport({ respond, newAgent }: TransportOptions): Transport {
  return respond ? inProcessTransport(respond) : new HttpTransport(newAgent);
}
