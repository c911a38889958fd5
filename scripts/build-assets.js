const { cp, readFile } = require('node:fs/promises');
const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

const sourceFiles = /\.tsx?$/;

/** Paths of all files below a folder, relative to it. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** The scripts a page loads from this site: their paths inside the assets folder, and where the page says so. */
function scriptsOf(page, html) {
  return [...html.matchAll(/<script\b[^>]*\bsrc="([^":]+\.js)"/g)].map(({ 0: tag, 1: source, index }) => {
    const before = html.slice(0, index + tag.lastIndexOf(source)).split('\n');
    const script = source.startsWith('/') ? source.slice(1) : path.join(path.dirname(page), source);
    return { script, location: { line: before.length, column: before.at(-1).length } };
  });
}

/** The TypeScript that makes a script; undefined when it is shipped as it is written. */
function entryOf(folder, page, { script, location }) {
  if (existsSync(path.join(folder, script))) return undefined;
  const entry = ['.tsx', '.ts']
    .map((extension) => script.replace(/\.js$/, extension))
    .find((candidate) => existsSync(path.join(folder, candidate)));
  if (entry) return entry;
  const file = `${path.basename(folder)}/${page}`;
  const text = `there is no source for ${script}`;
  // esbuild's shape, so that all faults of a build are printed alike.
  throw Object.assign(new Error(text), { errors: [{ text, location: { file, ...location } }] });
}

async function pageEntries(folder, files) {
  const pages = files.filter((file) => file.endsWith('.html'));
  const entries = await Promise.all(
    pages.map(async (page) => {
      const html = await readFile(path.join(folder, page), 'utf8');
      return scriptsOf(page, html).map((script) => entryOf(folder, page, script));
    }),
  );
  return [...new Set(entries.flat().filter((entry) => entry !== undefined))];
}

/**
 * Copies the assets and bundles the scripts that their pages load. The layout stays as it is in the source:
 * `assets/assets/index.html` is what the platform serves at `/`
 * (https://www.twilio.com/docs/serverless/functions-assets/assets, "Hosting a Root Asset").
 *
 * @param {{ projectRoot: string, folder: string, outdir: string }} options paths relative to the project
 * @returns {Promise<number>} how many files were made
 */
async function buildAssets({ projectRoot, folder, outdir }) {
  const from = path.join(projectRoot, folder);
  const to = path.join(projectRoot, outdir);
  const files = filesBelow(from);
  const copied = files.filter((file) => !sourceFiles.test(file));
  await Promise.all(
    copied.map((file) => cp(path.join(from, file), path.join(to, file), { recursive: true })),
  );
  const entries = await pageEntries(from, files);
  await build({
    absWorkingDir: projectRoot,
    entryPoints: entries.map((entry) => `./${path.join(folder, entry)}`),
    outbase: folder,
    outdir,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    logLevel: 'silent',
  });
  return copied.length + entries.length;
}

module.exports = { buildAssets };
