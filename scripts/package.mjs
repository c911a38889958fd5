import './require-dependencies.mjs';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPackage } from './build-package.js';
import { isBuilt } from './build-stamp.js';

// Makes the package that brings the command, the pages, and the test kit to other projects.
//   node scripts/package.mjs [--pack-destination DIR]

const projectRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const outdir = path.join('dist', 'package');
const flag = process.argv.indexOf('--pack-destination');
const destination = path.resolve(flag < 0 ? projectRoot : process.argv[flag + 1]);

const run = promisify(execFile);

if (!isBuilt(projectRoot)) await import('./build.mjs');
if (!process.exitCode) {
  await buildPackage({ projectRoot, outdir });
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', destination], {
    cwd: path.join(projectRoot, outdir),
    shell: process.platform === 'win32',
  });
  const [{ filename, size, unpackedSize }] = JSON.parse(stdout);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(`${filename} (${megabytes(size)}, unpacked ${megabytes(unpackedSize)})`);
  console.log(`Install it in another project: npm install --save-dev ${path.join(destination, filename)}`);
}
