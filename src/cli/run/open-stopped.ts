import { type Local, startLocal } from '../../local/start-local';
import { readConfig } from '../../system/config';
import { packageRoot } from '../flags';
import { createReporter } from '../reporter';
import type { Terminal } from '../terminal';

interface Stopped {
  readonly dataDirectory: string;
  readonly workspaceFile: string;
  /** Whether the state may be ahead of this computer's clock, because it will be reset. */
  readonly onlyToReset?: boolean;
}

/** Opens a data directory itself, on free ports, while nothing runs on it. */
export function openStopped(terminal: Terminal, stopped: Stopped): Promise<Local> {
  const { hostLog, apiLog } = createReporter({ json: false }, terminal);
  return startLocal({
    ...stopped,
    packageRoot: packageRoot(),
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    operatorAuth: false,
    functions: null,
    watch: false,
    config: readConfig(terminal.environment),
    hostLog,
    apiLog,
    onFailure: (failure) => {
      throw failure;
    },
  });
}
