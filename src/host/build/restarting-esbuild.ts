type Esbuild = typeof import('esbuild');

let restarts = 0;

/**
 * Runs a build of esbuild's, and once more if esbuild's process has ended. A closed terminal ends that process, but not
 * ours, and esbuild does not start another one by itself. esbuild is loaded by the first build: many runs need none.
 */
export async function restartingEsbuild<Result>(
  build: (esbuild: Esbuild) => Promise<Result>,
): Promise<Result> {
  const esbuild = await import('esbuild');
  const before = restarts;
  try {
    return await build(esbuild);
  } catch (error) {
    if (!isProcessGone(error)) throw error;
    // Several builds fail together, and the first of them restarts it for all.
    if (restarts === before) {
      restarts++;
      await esbuild.stop();
    }
    return build(esbuild);
  }
}

const isProcessGone = (error: unknown) =>
  error instanceof Error && /^The service (was stopped|is no longer running)/.test(error.message);
