const { chmod } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');
const { peggyPlugin } = require('./peggy-esbuild');
const { threadPlugin } = require('./thread-esbuild');

/**
 * Bundles one entry point for Node. Packages are not bundled, because native modules cannot be, and because the
 * runtime handler must share the project's own copy of `twilio`.
 *
 * @param {{ projectRoot: string, entryPoint: string, outfile: string, executable?: boolean }} options
 *   paths relative to the project
 * @throws esbuild's BuildFailure, whose `errors` carry file, line and column
 */
async function bundleForNode({ projectRoot, entryPoint, outfile, executable = false }) {
  await build({
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
    plugins: [peggyPlugin, threadPlugin],
    logLevel: 'silent',
    ...(executable ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  });
  if (executable) await chmod(path.join(projectRoot, outfile), 0o755);
}

module.exports = { bundleForNode };
