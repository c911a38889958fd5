import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../system/config';
import type { ClockJson } from '../../taskrouter/control/clock-control';
import type { StateJson } from '../../taskrouter/control/state';
import { neutralAccountSid } from '../../taskrouter/snapshot/neutral-account';
import type { Snapshot } from '../../taskrouter/snapshot/read-snapshot';
import { dataFlag } from '../flags';
import { orConfigurationError } from '../or-configuration-error';
import { fetchRunning, findRunning, requestRunning } from '../running';
import { type LoadFlags, loadReport } from '../snapshot/load-report';
import type { Terminal } from '../terminal';
import { writeJson, writeLines } from '../workspace/output';

export const load = (terminal: Terminal): CommandModule<object, LoadFlags> => ({
  command: 'load <file>',
  describe: 'Replace the state with that of a file',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'The file to read' })
      .option('data', dataFlag)
      .option('force', { type: 'boolean', default: false, describe: 'Replace a state that exists' })
      .option('callbacks', {
        type: 'boolean',
        default: false,
        describe: 'Send the callbacks that were waiting, and keep callback URLs on other computers',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' }),
  handler: async (flags) => {
    const text = orConfigurationError(`read ${flags.file}`, 'Choose another file.', () =>
      readFileSync(flags.file, 'utf8'),
    );
    // Loaded on demand: it needs the engine.
    const { prepareSnapshot } = await import('../../taskrouter/snapshot/prepare-snapshot');
    // Checked first, so that a damaged file creates no data directory.
    const { snapshot, loaded } = prepareSnapshot(text, neutralAccountSid, { ...flags, name: flags.file });
    const run = await findRunning(path.resolve(flags.data));
    if (run) await loadIntoRunning(terminal, flags, text, snapshot);
    else await loadIntoStopped(terminal, flags, text);
    if (flags.json) writeJson(terminal, loaded);
    else writeLines(terminal, ...loadReport(flags, loaded, run));
  },
});

async function loadIntoRunning(terminal: Terminal, flags: LoadFlags, text: string, snapshot: Snapshot) {
  const dataDirectory = path.resolve(flags.data);
  const { clockObstacle } = await import('../../taskrouter/snapshot/clock-obstacle');
  const { counts } = (await requestRunning(terminal, dataDirectory, 'state')) as StateJson;
  refuseToReplace(flags, counts.workspaces ?? 0);
  const { mode, now_ms } = (await requestRunning(terminal, dataDirectory, 'clock')) as ClockJson;
  const obstacle = clockObstacle(snapshot, { isVirtual: mode === 'virtual', now: now_ms });
  if (obstacle) throw new ConfigurationError([obstacle]);
  await fetchRunning(terminal, dataDirectory, `snapshot?callbacks=${flags.callbacks}`, {
    method: 'POST',
    headers: { 'content-type': 'application/jsonl' },
    body: text,
  });
}

async function loadIntoStopped(terminal: Terminal, flags: LoadFlags, text: string) {
  const { loadStopped } = await import('../snapshot/stopped');
  await loadStopped(terminal, path.resolve(flags.data), text, {
    ...flags,
    beforeReplacing: (workspaces) => refuseToReplace(flags, workspaces),
  });
}

/** @throws ConfigurationError unless the directory is empty, or the user wants to replace what it holds */
function refuseToReplace({ data, force }: LoadFlags, workspaces: number): void {
  if (force || workspaces === 0) return;
  throw new ConfigurationError([
    `${data} holds a state, which loading would delete. Replace it with --force, or choose another directory with --data DIR.`,
  ]);
}
