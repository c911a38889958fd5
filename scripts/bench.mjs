import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForNode } from './bundle-for-node.js';

// Bundles bench/ like the command and runs it. Compare only the ratios: both sides of each come from the same run.

const projectRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const outfile = 'node_modules/.cache/taskrouter-lifecycle/bench.js';
await bundleForNode({ projectRoot, entryPoint: 'bench/index.ts', outfile });
process.exitCode = spawnSync(process.execPath, [outfile], { cwd: projectRoot, stdio: 'inherit' }).status ?? 1;
