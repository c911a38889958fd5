const { execFileSync } = require('node:child_process');
const path = require('node:path');

/**
 * Jest global setup. The command and the page are tested as they are built, and the host's child is a program of its
 * own: all are made anew before the tests, so that none is ever stale.
 */
module.exports = () => {
  const projectRoot = path.join(__dirname, '../..');
  execFileSync(process.execPath, [path.join(projectRoot, 'scripts', 'build.mjs'), '--quiet'], {
    stdio: 'inherit',
  });
};
