import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

interface ToolOptions {
  /** The tool's script, which this version of Node runs. */
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of its process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Receives each line of its output, from both streams. */
  readonly onLine?: (line: string) => void;
}

export interface ToolResult {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly output: string;
}

/** Runs a tool until it exits. @throws Error if it cannot be started */
export function runTool({ script, args, cwd, environment, onLine }: ToolOptions): Promise<ToolResult> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      lines.push(line);
      onLine?.(line);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: lines.join('\n') }));
  });
}
