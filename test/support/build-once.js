const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { bundleForNode } = require('../../scripts/bundle-for-node');
const { functionsChild } = require('./functions-child');

/**
 * Jest global setup. The command and the page are tested as they are built, and the host's child is a program of its
 * own: all are made anew before the tests, so that none is ever stale.
 */
module.exports = async () => {
  const projectRoot = path.join(__dirname, '../..');
  execFileSync(process.execPath, [path.join(projectRoot, 'scripts', 'build.mjs'), '--quiet'], {
    stdio: 'inherit',
  });
  const outfile = path.relative(projectRoot, functionsChild);
  await bundleForNode({ projectRoot, entryPoint: 'src/host/child.ts', outfile });
};
