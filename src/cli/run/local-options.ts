import path from 'node:path';
import type { FunctionsProject } from '../../host/build/functions-project';
import type { LocalOptions } from '../../local/local-options';
import { readConfig } from '../../system/config';
import { environmentFileOf, packageRoot, type RunFlags, workspaceFileOf } from '../flags';
import type { Reporter } from '../reporter';
import type { Terminal } from '../terminal';

/** Everything about a local TaskRouter that flags and environment say, whatever the command does with it. */
export function localOptions(
  terminal: Terminal,
  flags: RunFlags,
  functions: FunctionsProject | null,
  reporter: Reporter,
): Omit<LocalOptions, 'onFailure'> {
  return {
    packageRoot: packageRoot(),
    functions,
    port: flags.port,
    taskrouterPort: flags.taskrouterPort,
    host: flags.host,
    publicUrl: flags.publicUrl,
    dataDirectory: flags.memory ? null : path.resolve(flags.data),
    workspaceFile: workspaceFileOf(flags),
    environmentFile: environmentFileOf(flags, functions),
    operatorAuth: flags.operatorAuth,
    rateLimits: flags.rateLimits,
    watch: true,
    clock: flags.clock,
    config: readConfig(terminal.environment),
    hostLog: reporter.hostLog,
    apiLog: reporter.apiLog,
    droppedLogLines: () => terminal.droppedLines,
  };
}
