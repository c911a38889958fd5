const { cp, readFile, writeFile } = require('node:fs/promises');
const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

const sourceFiles = /\.(tsx?|css)$/;
/** `sound.wav.generated.js` exports a function that returns the content of `sound.wav`. */
const generatedFiles = /\.generated\.js$/;

/** Paths of all files below a folder, relative to it. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** The scripts and style sheets that a page loads from this site: their paths in the assets folder, and their places in the page. */
function loadedBy(page, html) {
  const tags = /<(?:script\b[^>]*\bsrc|link\b[^>]*\brel="stylesheet"[^>]*\bhref)="([^":]+\.(?:js|css))"/g;
  return [...html.matchAll(tags)].map(({ 0: tag, 1: source, index }) => {
    const before = html.slice(0, index + tag.lastIndexOf(source)).split('\n');
    const file = source.startsWith('/') ? source.slice(1) : path.join(path.dirname(page), source);
    return { file, location: { line: before.length, column: before.at(-1).length } };
  });
}

/** The source that a file is bundled from, or undefined for a script that is shipped unchanged. */
function entryOf(folder, page, { file, location }) {
  if (file.endsWith('.js') && existsSync(path.join(folder, file))) return undefined;
  const entry = [file, file.replace(/\.js$/, '.tsx'), file.replace(/\.js$/, '.ts')].find((candidate) =>
    existsSync(path.join(folder, candidate)),
  );
  if (entry) return entry;
  const text = `No source found for ${file}`;
  // In esbuild's format, so that all build errors look alike.
  throw Object.assign(new Error(text), {
    errors: [{ text, location: { file: `${path.basename(folder)}/${page}`, ...location } }],
  });
}

async function pageEntries(folder, files) {
  const pages = files.filter((file) => file.endsWith('.html'));
  const entries = await Promise.all(
    pages.map(async (page) => {
      const html = await readFile(path.join(folder, page), 'utf8');
      return loadedBy(page, html).map((loaded) => entryOf(folder, page, loaded));
    }),
  );
  return [...new Set(entries.flat().filter((entry) => entry !== undefined))];
}

/**
 * Copies the assets, generates some, and bundles the scripts and style sheets that their pages load. A style sheet that no page loads is
 * part of another. The layout stays as it is in the source:
 * `assets/assets/index.html` is what the platform serves at `/`
 * (https://www.twilio.com/docs/serverless/functions-assets/assets, "Hosting a Root Asset").
 *
 * @param {{ projectRoot: string, folder: string, outdir: string }} options paths relative to the project
 * @returns {Promise<number>} the number of files
 */
async function buildAssets({ projectRoot, folder, outdir }) {
  const from = path.join(projectRoot, folder);
  const to = path.join(projectRoot, outdir);
  const files = filesBelow(from);
  const generated = files.filter((file) => generatedFiles.test(file));
  const copied = files.filter((file) => !sourceFiles.test(file) && !generatedFiles.test(file));
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
  await Promise.all(
    generated.map((file) =>
      writeFile(path.join(to, file.replace(generatedFiles, '')), require(path.join(from, file))()),
    ),
  );
  return copied.length + entries.length + generated.length;
}

module.exports = { buildAssets };
