const { copyFile, mkdir } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');
const { writeLicences } = require('./bundled-licences');
const { peggyPlugin } = require('./peggy-esbuild');

/**
 * Bundles the test kit into one file that imports only `twilio` and Node's own modules, because users who install the
 * package do not get our development dependencies. Adds the declarations, and the licenses of the bundled packages.
 *
 * @param {{ projectRoot: string, outdir: string }} options `outdir` relative to the project
 * @returns {Promise<string[]>} what the bundle imports
 * @throws esbuild's BuildFailure, whose `errors` carry file, line and column
 */
async function buildTestkit({ projectRoot, outdir }) {
  const to = path.join(projectRoot, outdir);
  await mkdir(to, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ['./src/testkit/index.ts'],
    outfile: path.join(outdir, 'index.js'),
    bundle: true,
    external: ['twilio'],
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    plugins: [leaveOutUnused, peggyPlugin],
    logLevel: 'silent',
  });
  await copyFile(path.join(projectRoot, 'src/testkit/contract.ts'), path.join(to, 'index.d.ts'));
  await writeLicences(projectRoot, [metafile], path.join(to, 'THIRD-PARTY-LICENSES.txt'));
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [...new Set(imports.filter(({ external }) => external).map(({ path: name }) => name))].sort();
}

/**
 * What Fastify loads only for features that the test kit does not use: schemas, a logger, and injected requests; and the
 * native packages without which `ws` works, too.
 */
const unused =
  /^(@fastify\/ajv-compiler|@fastify\/fast-json-stringify-compiler|pino|light-my-request|bufferutil|utf-8-validate)$/;

/** What callbacks over HTTP use: a quarter of the package, most of which is `fetch`. */
const partOfUndici = `
  exports.Agent = require('undici/lib/dispatcher/agent');
  exports.buildConnector = require('undici/lib/core/connect');
`;

/** Leaves out packages that are never loaded, because Node reads and scans the whole file. */
const leaveOutUnused = {
  name: 'leave-out-unused',
  setup(build) {
    build.onResolve({ filter: unused }, ({ path: name }) => ({ path: name, namespace: 'unused' }));
    build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'part' }));
    build.onLoad({ filter: /.*/, namespace: 'part' }, () => ({
      contents: partOfUndici,
      resolveDir: __dirname,
    }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path: name }) => ({
      contents: `throw new Error('${name} is not part of the test kit')`,
    }));
  },
};

module.exports = { buildTestkit };
