import { HttpTransport, type HttpTransportOptions } from './http-transport';
import { type CallbackResponder, inProcessTransport } from './in-process-transport';
import type { Transport } from './transport';

export interface TransportOptions extends HttpTransportOptions {
  /** Responds to callbacks in place of HTTP. */
  readonly respond?: CallbackResponder | undefined;
}

/** Where callbacks go: to a function in this process if there is one, otherwise to the network. */
export function chooseTransport({ respond, ...options }: TransportOptions): Transport {
  return respond ? inProcessTransport(respond) : new HttpTransport(options);
}
