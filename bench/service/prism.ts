import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Program, spawnProgram } from './processes';

/** The last version that runs on Node 20. */
export const prismVersion = '5.14.2';

const folder = path.join('node_modules', '.cache', 'taskrouter-lifecycle', `prism-${prismVersion}`);
const program = path.join(folder, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
const patienceMs = 60_000;

/**
 * Installs Prism into a folder of its own unless it is there. It is no dependency of the project, and its install scripts
 * do not run.
 * @throws Error with npm's message
 */
export function installPrism(): void {
  if (existsSync(program)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const { status, stderr, error } = spawnSync(
    'npm',
    ['install', ...flags, `@stoplight/prism-cli@${prismVersion}`],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`Could not install Prism ${prismVersion}: ${error?.message ?? stderr}`);
}

export interface Prism {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Starts Prism, which mocks the API that an OpenAPI description describes, without its log, at its fastest.
 * @throws Error if it does not respond
 */
export async function startPrism(openapi: string): Promise<Prism> {
  installPrism();
  const port = await freePort();
  const flags = ['-h', '127.0.0.1', '-p', String(port), '--verboseLevel', 'silent'];
  const prism = spawnProgram([program, 'mock', ...flags, openapi]);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await responds(origin, prism);
    return { origin, stop: () => prism.stop() };
  } catch (error) {
    await prism.stop();
    throw error;
  }
}

/** Prism says nothing when it is silent, so this asks until it responds. */
async function responds(origin: string, prism: Program): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end && !prism.hasEnded()) {
    const response = await fetch(origin).catch(() => null);
    await response?.body?.cancel();
    if (response) return;
    await wait(100);
  }
  throw new Error('Prism does not respond. Is the file of --openapi an OpenAPI description?');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
