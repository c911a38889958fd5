import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForNode } from './bundle-for-node.js';

// Builds the pages and takes pictures of them: screenshots/<page>-<state>-<look>.png.
//   npm run screenshots [-- <part of a name>]
//   npm run screenshots -- --docs   the pictures in README.md and docs/, into docs/images/

const projectRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const outfile = 'dist/screenshots/index.js';

await import('./build.mjs');
if (!process.exitCode) {
  await mkdir(path.join(projectRoot, 'screenshots'), { recursive: true });
  await bundleForNode({ projectRoot, entryPoint: 'test/screenshots/index.ts', outfile });
  const child = spawn(process.execPath, [outfile, ...process.argv.slice(2)], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}
