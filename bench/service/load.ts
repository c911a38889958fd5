import { Client } from 'undici';

/** Requests of one kind, over and over, each connection with one at a time. */
export interface Load {
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  /** Taken in turn. */
  readonly paths: readonly string[];
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
  /** Of every response. */
  readonly status: number;
}

/**
 * Requests per second. Undici's `dispatch` without streams and promises costs half as much as `request`, so that the load
 * generator limits a fast server less.
 * @throws Error if a response has another status
 */
export async function requestsPerSecond(load: Load): Promise<number> {
  const clients = Array.from({ length: load.connections }, () => new Client(load.origin));
  const started = performance.now();
  const end = started + load.seconds * 1000;
  let count = 0;
  const next = () => (performance.now() < end ? (load.paths[count++ % load.paths.length] as string) : null);
  await Promise.all(clients.map((client) => repeat(client, load, next)));
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(clients.map((client) => client.close()));
  return count / seconds;
}

/** @param next the next path; null at the end */
async function repeat(client: Client, load: Load, next: () => string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const send = () => {
      const path = next();
      if (path === null) resolve();
      else dispatch(client, load, path, { done: send, failed: reject });
    };
    send();
  });
}

interface Outcome {
  done(): void;
  failed(error: Error): void;
}

function dispatch(client: Client, load: Load, path: string, { done, failed }: Outcome): void {
  const { method, headers, body = null, status } = load;
  let received = 0;
  client.dispatch(
    { path, method, headers, body },
    {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode) => {
        received = statusCode;
      },
      onResponseData: () => undefined,
      onResponseEnd: () =>
        received === status ? done() : failed(new Error(`${method} ${path} returned ${received}`)),
      onResponseError: (_controller, error) => failed(error),
    },
  );
}
