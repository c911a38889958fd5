import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Program {
  hasEnded(): boolean;
  stop(): Promise<void>;
}

export interface Started extends Program {
  /** The first line it printed. */
  readonly line: string;
}

/** Where its standard error goes: to this process's own, or to a file. */
type Log = 'inherit' | { readonly file: string };

/**
 * Starts a Node program and waits for its first line on standard output.
 * @throws Error if it ends before, with the end of its log
 */
export async function startProgram(args: readonly string[], log: Log = 'inherit'): Promise<Started> {
  const errors = log === 'inherit' ? log : openSync(log.file, 'a');
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', errors] });
  const program = programOf(child);
  if (typeof errors === 'number') closeSync(errors);
  try {
    return { line: await untilFirstLine(child), ...program };
  } catch (error) {
    const end = log === 'inherit' ? '' : readFileSync(log.file, 'utf8').slice(-2000);
    throw new Error(`${args.join(' ').slice(0, 200)} ${(error as Error).message} ${end}`);
  }
}

/** Starts a Node program that prints nothing. */
export function spawnProgram(args: readonly string[]): Program {
  return programOf(spawn(process.execPath, args, { stdio: 'ignore' }));
}

/** It ends with this process, also when this process is interrupted. */
function programOf(child: ChildProcess): Program {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.removeListener('exit', kill));
  return { hasEnded: () => hasEnded(child), stop: () => stopped(child) };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** @throws Error if it ends before */
export async function untilFirstLine(child: ChildProcess): Promise<string> {
  const ended = once(child, 'close').then(([code, signal]) => {
    throw new Error(`ended with ${code ?? signal} before it was ready.`);
  });
  // Nobody waits for the end once the line is there.
  ended.catch(() => undefined);
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  while (!text.includes('\n'))
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
  return text.slice(0, text.indexOf('\n'));
}

/** Ends it, and waits until it has ended. */
export async function stopped(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

export const command = (...args: string[]): string[] => [path.join('dist', 'cli', 'taskrouter.js'), ...args];

/**
 * The floor: the least that a server of TaskRouter's API has to do. A bare node:http server that reads the request, parses
 * its form or its query, and returns the given bytes.
 */
export const floorServer = (status: number, body: string): string[] => [
  '-e',
  `const body = Buffer.from(${JSON.stringify(body)});
   const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
   require('node:http').createServer((request, response) => {
     let text = '';
     request.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => {
       const query = request.url.split('?')[1] ?? '';
       request.form = Object.fromEntries(new URLSearchParams(request.method === 'POST' ? text : query));
       response.writeHead(${status}, headers).end(body);
     });
   }).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port); });`,
];
