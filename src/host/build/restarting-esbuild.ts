import { stop } from 'esbuild';

let restarts = 0;

/**
 * Runs a build of esbuild's, and once more if esbuild's process has ended. A closed terminal ends that process, but not
 * ours, and esbuild does not start another one by itself.
 */
export async function restartingEsbuild<Result>(build: () => Promise<Result>): Promise<Result> {
  const before = restarts;
  try {
    return await build();
  } catch (error) {
    if (!isProcessGone(error)) throw error;
    // Several builds fail together, and the first of them restarts it for all.
    if (restarts === before) {
      restarts++;
      await stop();
    }
    return build();
  }
}

const isProcessGone = (error: unknown) =>
  error instanceof Error && /^The service (was stopped|is no longer running)/.test(error.message);
