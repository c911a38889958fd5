import { connect } from 'node:net';
import { type FuzzResponse, readResponses } from './responses';

/** How a connection went. */
export interface Exchange {
  readonly responses: readonly FuzzResponse[];
  /** Whether the server neither responded nor closed the connection in time. */
  readonly isStuck: boolean;
}

/** After this many milliseconds of silence the client sends no more, so that the server need not wait for it. */
const silenceMs = 40;

/**
 * Sends these bytes on a connection of their own, and reads until every request has its response or the connection is
 * closed.
 * @param methods of the requests
 */
export function exchange(
  port: number,
  bytes: Buffer,
  methods: readonly string[],
  maxMs: number,
  isComplete: boolean,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = '';
    const finish = (isStuck: boolean, hasEnded = false) => {
      clearTimeout(limit);
      clearTimeout(silence);
      socket.destroy();
      const responses = readResponses(received, methods, hasEnded);
      resolve({ responses, isStuck: isStuck && responses.length === 0 });
    };
    const limit = setTimeout(() => finish(true), maxMs);
    // Node.js gives up a request in progress when the client stops sending, so a complete one has all its time.
    const silence = setTimeout(() => !isComplete && socket.end(), silenceMs);
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (data) => {
      received += data.toString('latin1');
      if (readResponses(received, methods, false).length >= methods.length) finish(false);
    });
    // A reset is the end of the connection, too.
    socket.on('error', () => undefined);
    socket.on('close', () => finish(false, true));
  });
}
