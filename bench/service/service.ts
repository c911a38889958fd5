import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../../src/common/http-basic';
import { checkLeftState } from './left-state';
import { command, startProgram } from './processes';

/** Of the ready line. */
export interface Ready {
  readonly taskrouterUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly workspaceSid: string;
}

interface ServiceOptions {
  /** Where the data directory is; null keeps everything in memory; default: a temporary one. */
  readonly data?: string | null;
  /** The content of the workspace file; default: the tutorial's. */
  readonly workspace?: object;
  /** For one of several runs on the same data directory: the state is checked after the last one. */
  readonly leaveUnchecked?: boolean;
}

/** The local TaskRouter in a process of its own, and how to reach its workspace. */
export interface Service {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The path of the workspace, or of something in it, such as `/Tasks`. */
  path(below?: string): string;
}

/**
 * Starts a service, stops it afterwards, and checks the state that it left on the disk.
 * @throws Error if it cannot start, or if what it left contradicts itself
 */
export async function withService<Result>(
  { data, workspace, leaveUnchecked = false }: ServiceOptions,
  use: (service: Service) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-bench-'));
  const directory = data === undefined ? path.join(folder, 'data') : data;
  try {
    const result = await running(argumentsFor(folder, directory, workspace), path.join(folder, 'log'), use);
    if (directory !== null && !leaveUnchecked) checkLeftState(directory);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `serve` on a free port. */
export function serveArguments(directory: string | null): string[] {
  const store = directory === null ? ['--memory'] : ['--data', directory];
  return ['serve', '--port', '0', '--taskrouter-port', '0', '--json', ...store];
}

function argumentsFor(folder: string, directory: string | null, workspace: object | undefined): string[] {
  if (!workspace) return serveArguments(directory);
  const file = path.join(folder, 'workspace.json');
  writeFileSync(file, JSON.stringify(workspace));
  return [...serveArguments(directory), '--workspace', file];
}

async function running<Result>(
  args: readonly string[],
  log: string,
  use: (service: Service) => Promise<Result>,
): Promise<Result> {
  const started = await startProgram(command(...args), { file: log });
  try {
    return await use(serviceOf(JSON.parse(started.line) as Ready));
  } finally {
    await started.stop();
  }
}

function serviceOf({ taskrouterUrl, accountSid, authToken, workspaceSid }: Ready): Service {
  return {
    origin: taskrouterUrl,
    headers: {
      authorization: basicAuthorization(accountSid, authToken),
      'content-type': 'application/x-www-form-urlencoded',
    },
    path: (below = '') => `/v1/Workspaces/${workspaceSid}${below}`,
  };
}
