const path = require('node:path');
const { bundleForNode } = require('../../scripts/bundle-for-node');
const { functionsChild } = require('./functions-child');

/** Jest global setup: the host's child is a program of its own, so it is bundled before the tests and never stale. */
module.exports = async () => {
  const projectRoot = path.join(__dirname, '../..');
  const outfile = path.relative(projectRoot, functionsChild);
  await bundleForNode({ projectRoot, entryPoint: 'src/host/child.ts', outfile });
};
