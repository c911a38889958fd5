import path from 'node:path';
import type { LocalOptions } from '../../src/local/local-options';
import { type Local, startLocal } from '../../src/local/start-local';

const projectRoot = path.join(__dirname, '../..');
const ignore = () => undefined;

/** The composition root with this project's workspace, in memory, on free ports, without `.env` and without a log. */
export function startTestLocal(options: Partial<LocalOptions> = {}): Promise<Local> {
  return startLocal({
    packageRoot: projectRoot,
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    dataDirectory: null,
    workspaceFile: path.join(projectRoot, 'workspace.json'),
    environmentFile: path.join(__dirname, 'empty.env'),
    operatorAuth: false,
    functions: null,
    watch: false,
    config: { accountSid: undefined, authToken: undefined },
    hostLog: ignore,
    apiLog: { warn: ignore, error: ignore },
    onFailure: (failure) => {
      throw failure;
    },
    ...options,
  });
}
