import type { Load } from './load';
import { floorServer, startProgram } from './processes';

/**
 * Starts the floor for a load: a server that returns what the service returns to its first request, and does no more than
 * it has to.
 * @param use gets its origin
 */
export async function withFloor<Result>(
  { origin, method, paths, headers, body }: Load,
  use: (origin: string) => Promise<Result>,
): Promise<Result> {
  const response = await fetch(`${origin}${paths[0]}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  const floor = await startProgram(floorServer(response.status, await response.text()));
  try {
    return await use(floor.line);
  } finally {
    await floor.stop();
  }
}
