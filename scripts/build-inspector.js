const { cp, mkdir } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');

const copied = ['index.html', 'inspector.svg'];

/**
 * Bundles the inspector's page: one script and one style sheet, beside the page itself.
 *
 * @param {{ projectRoot: string, folder: string, outdir: string }} options paths relative to the project
 * @throws esbuild's BuildFailure, whose `errors` carry file, line and column
 */
async function buildInspector({ projectRoot, folder, outdir }) {
  const from = path.join(projectRoot, folder);
  const to = path.join(projectRoot, outdir);
  await mkdir(to, { recursive: true });
  await Promise.all(copied.map((file) => cp(path.join(from, file), path.join(to, file))));
  await build({
    absWorkingDir: projectRoot,
    entryPoints: [`./${folder}/inspector.tsx`, `./${folder}/inspector.css`],
    outdir,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    logLevel: 'silent',
  });
}

module.exports = { buildInspector };
