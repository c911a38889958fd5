import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForNode } from './bundle-for-node.js';

const projectRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Bundles a program of the project like the command, and runs it with the arguments of this process and its exit code.
 * @param {string} entryPoint relative to the project
 * @param {string} name of the bundle
 */
export async function runBundled(entryPoint, name) {
  const outfile = `node_modules/.cache/taskrouter-lifecycle/${name}`;
  await bundleForNode({ projectRoot, entryPoint, outfile });
  const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
