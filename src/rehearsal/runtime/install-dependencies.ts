import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Dependency } from '../serverless/model';

/** No folder above it has a node_modules, and no other user may write to it. */
const cache = () => path.join(tmpdir(), `taskrouter-lifecycle-${process.getuid?.() ?? 'user'}`);

const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];

/**
 * Installs exactly these dependencies, as the platform does in a build, and keeps the folder for the next build that
 * has the same ones.
 * @returns the folder that has them in its node_modules
 * @throws Error with npm's message
 */
export async function installDependencies(dependencies: readonly Dependency[]): Promise<string> {
  const manifest = manifestOf(dependencies);
  const name = createHash('sha256').update(`${process.version} ${manifest}`).digest('hex').slice(0, 16);
  const installed = path.join(await privateFolder(cache()), name);
  if (isComplete(installed, dependencies)) return installed;
  // It was complete once, because one rename created it.
  if (existsSync(installed)) await rm(installed, { recursive: true, force: true });
  const unfinished = await mkdtemp(`${installed}-`);
  try {
    await writeFile(path.join(unfinished, 'package.json'), manifest);
    await mkdir(path.join(unfinished, 'node_modules'));
    if (dependencies.length > 0) await npm(['install', ...options], unfinished);
    await rename(unfinished, installed);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process may have installed them meanwhile.
    if (!isComplete(installed, dependencies)) throw error;
  }
  return installed;
}

/** Operating systems remove parts of temporary folders. */
function isComplete(installed: string, dependencies: readonly Dependency[]): boolean {
  const parts = ['', ...dependencies.map(({ name }) => path.join(name, 'package.json'))];
  return parts.every((part) => existsSync(path.join(installed, 'node_modules', part)));
}

function manifestOf(dependencies: readonly Dependency[]): string {
  const sorted = [...dependencies].sort((left, right) => (left.name < right.name ? -1 : 1));
  const entries = Object.fromEntries(sorted.map(({ name, version }) => [name, version]));
  return JSON.stringify({ private: true, dependencies: entries }, null, 2);
}

/** @throws Error when the folder belongs to another user, who could have written anything into it */
async function privateFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await stat(folder);
  const own = process.getuid?.();
  if (own !== undefined && uid !== own) throw new Error(`${folder} belongs to another user: remove it`);
  return folder;
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const child = spawn('npm', args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, errors] = await Promise.all([ended, text(child.stderr)]);
  if (code !== 0) throw new Error(`npm install failed: ${errors.trim().slice(-2_000)}`);
}
