const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const projectRoot = path.join(__dirname, '../..');
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
/** The digest of the inputs that dist/ was built from. A build removes it with the rest of dist/. */
const stamp = path.join(projectRoot, 'dist', '.inputs.sha256');

/**
 * Jest global setup for tests that run what the build makes: the command, the pages, the child of the Functions host.
 * Builds only when a source has changed since the last build.
 */
module.exports = () => {
  const digest = digestOfInputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  execFileSync(process.execPath, [path.join(projectRoot, 'scripts', 'build.mjs'), '--quiet'], {
    stdio: 'inherit',
  });
  writeFileSync(stamp, digest);
};

function digestOfInputs() {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesOf))
    hash.update(`${file}\n`).update(readFileSync(path.join(projectRoot, file)));
  return hash.digest('hex');
}

/** Relative to the project, in a stable order. */
function filesOf(input) {
  const absolute = path.join(projectRoot, input);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [input];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .sort();
}
