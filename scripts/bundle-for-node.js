const { chmod } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');
const { peggyPlugin } = require('./peggy-esbuild');
const { threadPlugin } = require('./thread-esbuild');

/**
 * Bundles one entry point for Node. By default, packages are not bundled, because native modules cannot be, and because
 * the runtime handler must share the project's own copy of `twilio`.
 *
 * @param {{ projectRoot: string, entryPoint: string, outfile: string, executable?: boolean,
 *   options?: import('esbuild').BuildOptions }} bundle paths relative to the project; `options` replace those here
 * @returns {Promise<import('esbuild').BuildResult>}
 * @throws esbuild's BuildFailure, whose `errors` carry file, line and column
 */
async function bundleForNode({ projectRoot, entryPoint, outfile, executable = false, options = {} }) {
  const result = await build({
    absWorkingDir: projectRoot,
    entryPoints: [`./${entryPoint}`],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
    ...(executable ? { banner: { js: '#!/usr/bin/env node' } } : {}),
    ...options,
    plugins: [peggyPlugin, threadPlugin, ...(options.plugins ?? [])],
  });
  if (executable) await chmod(path.join(projectRoot, outfile), 0o755);
  return result;
}

module.exports = { bundleForNode };
