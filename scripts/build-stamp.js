const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

/** Everything that the build reads; the last one names the installed packages. */
const inputs = [
  'src',
  'functions',
  'assets',
  'scripts',
  'package.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/** The file in dist/ with the digest of the inputs that dist/ was built from. */
const stampFile = '.inputs.sha256';

/** @param {string} projectRoot */
function digestOfInputs(projectRoot) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesOf(projectRoot, input)))
    hash.update(`${file}\n`).update(readFileSync(path.join(projectRoot, file)));
  return hash.digest('hex');
}

/** Relative to the project, in a stable order. */
function filesOf(projectRoot, input) {
  const absolute = path.join(projectRoot, input);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [input];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .sort();
}

/**
 * Whether dist/ was built from what is there now.
 * @param {string} projectRoot
 */
function isBuilt(projectRoot) {
  const stamp = path.join(projectRoot, 'dist', stampFile);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOfInputs(projectRoot);
}

module.exports = { digestOfInputs, isBuilt, stampFile };
