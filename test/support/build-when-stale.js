const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { digestOfInputs, stampFile } = require('../../scripts/build-stamp.js');

const projectRoot = path.join(__dirname, '../..');
const stamp = path.join(projectRoot, 'dist', stampFile);

/**
 * Jest global setup for tests that run what the build makes: the command, the pages, the child of the Functions host.
 * Builds only when a source has changed since the last build.
 */
module.exports = () => {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOfInputs(projectRoot)) return;
  execFileSync(process.execPath, [path.join(projectRoot, 'scripts', 'build.mjs'), '--quiet'], {
    stdio: 'inherit',
  });
};
