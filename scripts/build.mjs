import './require-dependencies.mjs';
import { readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAssets } from './build-assets.js';
import { digestOfInputs, stampFile } from './build-stamp.js';
import { buildTestkit } from './build-testkit.js';
import { bundleForNode } from './bundle-for-node.js';
import { checkArtifact } from './check-artifact.js';
import { programIn, programs } from './programs.js';

// Makes dist/: the Functions and assets to deploy, and the programs that run them locally.
//   --quiet   print errors only
// Builds into a folder of its own, then swaps: a running program keeps what it serves, also when the build fails.

const projectRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
/** As deep as dist/, because source maps name the sources by relative paths. */
const outdir = `.dist-${process.pid}`;
const quiet = process.argv.includes('--quiet');

/** An error of the sources. It is printed without a stack, which would point into this file. */
class BuildError extends Error {}

/** A running host rebuilds Functions with the same code; so this compiles that code first, then uses it. */
async function buildFunctions() {
  const outfile = `${outdir}/cli/bundle-functions.js`;
  await bundleForNode({ projectRoot, entryPoint: 'src/host/build/bundle-functions.ts', outfile });
  const { bundleFunctions } = createRequire(import.meta.url)(path.join(projectRoot, outfile));
  const report = await bundleFunctions({
    projectRoot,
    sourceFolder: 'functions',
    outputFolder: `${outdir}/functions`,
  });
  if (report.failures.length > 0)
    throw new BuildError(report.failures.map(({ message }) => message).join('\n'));
  if (report.bundled.length === 0) throw new BuildError('functions/ contains no Function');
  return report;
}

/** For editors: workspace.json names it as its `$schema`. */
async function buildWorkspaceSchema() {
  const outfile = `${outdir}/workspace-json-schema.js`;
  await bundleForNode({ projectRoot, entryPoint: 'src/workspace/file/json-schema.ts', outfile });
  const { workspaceJsonSchema } = createRequire(import.meta.url)(path.join(projectRoot, outfile));
  const text = `${JSON.stringify(workspaceJsonSchema(), null, 2)}\n`;
  await writeFile(path.join(projectRoot, outdir, 'workspace.schema.json'), text);
  await Promise.all([outfile, `${outfile}.map`].map((file) => rm(path.join(projectRoot, file))));
}

/** Waits for all, so that one run reports all errors. */
async function allOf(builds) {
  const settled = await Promise.allSettled(builds);
  const errors = settled.filter(({ status }) => status === 'rejected').map(({ reason }) => explain(reason));
  if (errors.length > 0) throw new BuildError(errors.join('\n'));
  return settled.map(({ value }) => value);
}

/** `file:line:column: what is wrong`, one line per error. */
function explain(error) {
  if (error instanceof BuildError) return error.message;
  // A system error, such as a missing folder, needs no stack; an error in this code does.
  if (!Array.isArray(error.errors)) return error.code ? error.message : error.stack;
  return error.errors.map(withLocation).join('\n');
}

function withLocation({ text, location }) {
  if (!location) return text;
  return location.line > 0
    ? `${location.file}:${location.line}:${location.column + 1}: ${text}`
    : `${location.file}: ${text}`;
}

/** Records what a deployment would upload, to compare it with what is deployed. */
async function recordArtifact(name) {
  const { artifact, errors } = await checkArtifact(projectRoot, outdir);
  if (errors.length > 0) throw new BuildError(errors.join('\n'));
  await writeFile(
    path.join(projectRoot, outdir, 'artifact.json'),
    `${JSON.stringify({ build: name, ...artifact }, null, 2)}\n`,
  );
}

async function build() {
  const started = performance.now();
  // Before the build, so that a change while it runs makes the result stale.
  const digest = digestOfInputs(projectRoot);
  const [functions, assets] = await allOf([
    buildFunctions(),
    buildAssets({ projectRoot, folder: 'assets', outdir: `${outdir}/assets` }),
    buildAssets({ projectRoot, folder: 'src/inspector-page', outdir: `${outdir}/inspector` }),
    Promise.all(programs.map((program) => bundleForNode({ projectRoot, ...programIn(outdir, program) }))),
    buildTestkit({ projectRoot, outdir: `${outdir}/testkit` }),
    buildWorkspaceSchema(),
  ]);
  await recordArtifact(functions.build);
  await writeFile(path.join(projectRoot, outdir, stampFile), digest);
  await replaceDist();
  const took = Math.round(performance.now() - started);
  const count = functions.bundled.length;
  return `dist: ${count} Functions (build ${functions.build}), ${assets} assets, ${programs.length} programs, test kit in ${took} ms`;
}

/** Two renames, because no system call that Node has replaces a folder with files in it. */
async function replaceDist() {
  const dist = path.join(projectRoot, 'dist');
  const previous = path.join(projectRoot, `${outdir}-previous`);
  await rename(dist, previous).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(path.join(projectRoot, outdir), dist);
  await rm(previous, { recursive: true, force: true });
}

/** Also removes what interrupted builds have left. */
async function removeLeftovers() {
  const leftovers = readdirSync(projectRoot).filter((name) => {
    const pid = /^\.dist-(\d+)/.exec(name)?.[1];
    return pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid)));
  });
  await Promise.all(
    leftovers.map((name) => rm(path.join(projectRoot, name), { recursive: true, force: true })),
  );
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

try {
  const summary = await build();
  if (!quiet) console.log(summary);
} catch (error) {
  console.error(error instanceof BuildError ? error.message : error);
  process.exitCode = 1;
}
await removeLeftovers();
