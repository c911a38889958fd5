import { readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAssets } from './build-assets.js';
import { buildTestkit } from './build-testkit.js';
import { bundleForNode } from './bundle-for-node.js';
import { checkArtefact } from './check-artefact.js';

// Makes dist/: the Functions and assets to deploy, and the programs that run them here.
//   --quiet   print errors only

const projectRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(projectRoot, 'dist');
const quiet = process.argv.includes('--quiet');

/** Says what is wrong without a stack, which would lead into this file and not to the fault. */
class BuildFault extends Error {}

/** The host rebuilds Functions with the same code while it runs; so it is compiled first, then used. */
async function buildFunctions() {
  const outfile = 'dist/cli/bundle-functions.js';
  await bundleForNode({ projectRoot, entryPoint: 'src/host/build/bundle-functions.ts', outfile });
  const { bundleFunctions } = createRequire(import.meta.url)(path.join(projectRoot, outfile));
  const report = await bundleFunctions({
    projectRoot,
    sourceFolder: 'functions',
    outputFolder: 'dist/functions',
  });
  if (report.failures.length > 0)
    throw new BuildFault(report.failures.map(({ message }) => message).join('\n'));
  if (report.bundled.length === 0) throw new BuildFault('functions/ holds no Function');
  return report;
}

/** Everything is tried, so that one run names all faults. */
async function allOf(builds) {
  const settled = await Promise.allSettled(builds);
  const faults = settled.filter(({ status }) => status === 'rejected').map(({ reason }) => explain(reason));
  if (faults.length > 0) throw new BuildFault(faults.join('\n'));
  return settled.map(({ value }) => value);
}

/** `file:line:column: what is wrong`, one line per fault. */
function explain(error) {
  if (error instanceof BuildFault) return error.message;
  // A fault of the system, such as a folder that is missing, needs no stack; one of ours does.
  if (!Array.isArray(error.errors)) return error.code ? error.message : error.stack;
  return error.errors.map(placed).join('\n');
}

function placed({ text, location }) {
  if (!location) return text;
  return location.line > 0
    ? `${location.file}:${location.line}:${location.column + 1}: ${text}`
    : `${location.file}: ${text}`;
}

/** What a deployment uploads, for those who compare it with what is deployed. */
async function recordArtefact(name) {
  const { artefact, faults } = await checkArtefact(projectRoot);
  if (faults.length > 0) throw new BuildFault(faults.join('\n'));
  await writeFile(
    path.join(dist, 'artefact.json'),
    `${JSON.stringify({ build: name, ...artefact }, null, 2)}\n`,
  );
}

async function build() {
  const started = performance.now();
  // A file that no longer has a source would still be a live URL.
  await rm(dist, { recursive: true, force: true });
  const [functions, assets] = await allOf([
    buildFunctions(),
    buildAssets({ projectRoot, folder: 'assets', outdir: 'dist/assets' }),
    buildAssets({ projectRoot, folder: 'src/inspector-page', outdir: 'dist/inspector' }),
    bundleForNode({
      projectRoot,
      entryPoint: 'src/host/child/child.ts',
      outfile: 'dist/cli/functions-child.js',
    }),
    bundleForNode({
      projectRoot,
      entryPoint: 'src/cli/taskrouter.ts',
      outfile: 'dist/cli/taskrouter.js',
      executable: true,
    }),
    buildTestkit({ projectRoot, outdir: 'dist/testkit' }),
  ]);
  await recordArtefact(functions.build);
  const programs = readdirSync(path.join(dist, 'cli')).filter((file) => file.endsWith('.js')).length;
  const took = Math.round(performance.now() - started);
  const count = functions.bundled.length;
  return `dist: ${count} Functions (build ${functions.build}), ${assets} assets, ${programs} programs, test kit in ${took} ms`;
}

try {
  const summary = await build();
  if (!quiet) console.log(summary);
} catch (error) {
  // Half a build must not be deployed; without the folders the deploy tool refuses.
  await Promise.all(
    ['functions', 'assets'].map((part) => rm(path.join(dist, part), { recursive: true, force: true })),
  );
  console.error(error instanceof BuildFault ? error.message : error);
  process.exitCode = 1;
}
