import { startLocal } from '../../local';
import { readConfig } from '../../system/config';
import { forgetKeptTime } from '../../system/kept-time';
import { packageRoot } from '../flags';
import { createReporter } from '../reporter';
import type { Terminal } from '../terminal';

/** Opens the directory itself, on free ports, while nothing runs on it. */
export async function resetStopped(
  terminal: Terminal,
  dataDirectory: string,
  workspaceFile: string,
): Promise<void> {
  const { hostLog, apiLog } = createReporter({ json: false }, terminal);
  const local = await startLocal({
    packageRoot: packageRoot(),
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    dataDirectory,
    workspaceFile,
    operatorAuth: false,
    functions: null,
    watch: false,
    onlyToReset: true,
    config: readConfig(terminal.environment),
    hostLog,
    apiLog,
    onFailure: (failure) => {
      throw failure;
    },
  });
  await local.reset();
  forgetKeptTime(dataDirectory);
  await local.close();
}
