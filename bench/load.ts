import { Pool } from 'undici';

export interface Load {
  readonly url: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly connections: number;
  readonly requests: number;
}

/** Requests per second. @throws Error if a response has another status */
export async function requestsPerSecond(load: Load, wanted: number): Promise<number> {
  const pool = new Pool(load.url, { connections: load.connections });
  let left = load.requests;
  const { path, method, headers, body } = load;
  const one = async () => {
    const response = await pool.request({ path, method, headers, body: body ?? null });
    await response.body.dump();
    if (response.statusCode !== wanted) throw new Error(`${method} ${path} returned ${response.statusCode}`);
  };
  const connection = async () => {
    while (left-- > 0) await one();
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: load.connections }, connection));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return load.requests / seconds;
}
