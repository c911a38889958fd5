import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

interface Started {
  /** The first line it printed. */
  readonly line: string;
  stop(): Promise<void>;
}

/** Starts a Node program and waits for its first line on standard output. @param log what becomes of its standard error */
export async function startProgram(
  args: readonly string[],
  log: 'inherit' | 'ignore' = 'inherit',
): Promise<Started> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', log] });
  return { line: await firstLine(child), stop: () => stop(child) };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  while (!text.includes('\n')) {
    const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
    text += chunk;
  }
  return text.slice(0, text.indexOf('\n'));
}

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

export const command = (...args: string[]): string[] => [path.join('dist', 'cli', 'taskrouter.js'), ...args];

/** The baseline: a bare node:http server that reads the request and returns the given bytes with 201. */
export const bareServer = (body: string): string[] => [
  '-e',
  `const body = ${JSON.stringify(body)};
   const server = require('node:http').createServer((request, response) => {
     request.on('data', () => {}).on('end', () => {
       response.writeHead(201, { 'content-type': 'application/json; charset=utf-8' }).end(body);
     });
   }).listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`,
];
