import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { Sink } from './bounded-output';

/** Standard output or standard error. A write never waits for a reader, whatever the stream is. */
export function standardSink(stream: Writable & { readonly fd: number }): Sink {
  return stream instanceof Socket ? socketSink(stream) : fileSink(stream.fd);
}

/**
 * The same for a stream that another program shares. Its mode belongs to the open file description, which both have: if this
 * process changed it, writes of the program would fail instead of waiting. So this process opens a pipe again. Where it
 * cannot (sockets, and systems without /proc), its own writes wait for the reader, too.
 */
export function separateSink(stream: Writable & { readonly fd: number }): Sink {
  const descriptor = reopenedPipe(stream.fd);
  if (descriptor !== null) return socketSink(new Socket({ fd: descriptor, readable: false, writable: true }));
  return stream instanceof Socket ? socketSink(stream, false) : fileSink(stream.fd);
}

function reopenedPipe(descriptor: number): number | null {
  try {
    if (!fstatSync(descriptor).isFIFO()) return null;
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
}

/** What Node keeps of a pipe or terminal. Not documented, but what other command lines use to make their output blocking. */
interface Handle {
  setBlocking?(isBlocking: boolean): unknown;
}

/** Makes writes to a pipe or terminal return at once. They fail rather than wait when nobody reads. */
export function makeNonBlocking(stream: object): void {
  (stream as { _handle?: Handle | null })._handle?.setBlocking?.(false);
}

/**
 * A pipe, socket, or terminal. Node writes to terminals synchronously. Pipes become synchronous as soon as a child process
 * inherits them (esbuild's inherits standard error), because the mode belongs to the pipe and not to a process. So it is
 * set again before each write. Threads are no way out: a thread that is stuck in a write prevents the process from
 * exiting, which rules out pino's own asynchronous destination.
 * Source: https://nodejs.org/docs/latest-v20.x/api/process.html#a-note-on-process-io
 */
function socketSink(stream: Socket, mayChangeMode = true): Sink {
  // Without a listener, EPIPE would end the process. The write reports it as well.
  stream.on('error', () => undefined);
  return {
    failsForGood: true,
    write(bytes, done) {
      if (mayChangeMode) makeNonBlocking(stream);
      stream.write(bytes, done);
    },
  };
}

/** A file or device: writing does not wait for a reader, but fails while a disk is full. */
function fileSink(descriptor: number): Sink {
  return {
    failsForGood: false,
    write(bytes, done) {
      try {
        for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSync(descriptor, rest));
      } catch (error) {
        return done(error as Error);
      }
      done();
    },
  };
}
