const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { isBuilt } = require('../../scripts/build-stamp.js');

const projectRoot = path.join(__dirname, '../..');

/**
 * Jest global setup for tests that run what the build makes: the command, the pages, the child of the Functions host.
 * Builds only when a source has changed since the last build.
 */
module.exports = () => {
  if (isBuilt(projectRoot)) return;
  execFileSync(process.execPath, [path.join(projectRoot, 'scripts', 'build.mjs'), '--quiet'], {
    stdio: 'inherit',
  });
};
