import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../system/config';
import { replaceFile } from '../../system/replace-file';
import { existingDirectory } from '../existing-directory';
import { dataFlag } from '../flags';
import { orConfigurationError } from '../or-configuration-error';
import { fetchRunning } from '../running';
import { type SavedSnapshot, savedSnapshot } from '../snapshot/saved-snapshot';
import type { Terminal } from '../terminal';
import { counted, writeJson, writeLines } from '../workspace/output';

interface SaveFlags {
  readonly file: string;
  readonly data: string;
  readonly force: boolean;
  readonly json: boolean;
}

export const save = (terminal: Terminal): CommandModule<object, SaveFlags> => ({
  command: 'save <file>',
  describe: 'Save the whole state in a file, secrets masked',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'The file to write' })
      .option('data', dataFlag)
      .option('force', { type: 'boolean', default: false, describe: 'Overwrite a file that exists' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' }),
  handler: async (flags) => {
    const file = path.resolve(flags.file);
    if (!flags.force && existsSync(file)) {
      throw new ConfigurationError([
        `${flags.file} exists. Choose another file, or overwrite it with --force.`,
      ]);
    }
    const text = await snapshotText(terminal, existingDirectory(flags.data, 'save'));
    const saved = savedSnapshot(text);
    // Only the owner can read it: tasks hold personal data of callers.
    orConfigurationError(`write ${flags.file}`, 'Choose another file.', () => replaceFile(file, text, 0o600));
    if (flags.json) return writeJson(terminal, { file, ...saved });
    writeLines(terminal, ...report(flags, saved));
  },
});

async function snapshotText(terminal: Terminal, dataDirectory: string): Promise<string> {
  const response = await fetchRunning(terminal, dataDirectory, 'snapshot');
  if (response) return response.text();
  // Loaded on demand: a running service does it by itself.
  const { saveStopped } = await import('../snapshot/stopped');
  return saveStopped(terminal, dataDirectory);
}

function report({ file, data }: SaveFlags, { date, counts, masked }: SavedSnapshot): string[] {
  const { workers, tasks, events } = counts;
  const contents = [counted(workers, 'worker'), counted(tasks, 'task'), counted(events, 'event')].join(', ');
  return [
    `${file} is now the state of ${data} at ${date}: ${contents}.`,
    `${counted(masked, 'secret')} masked. The attributes of tasks and workers are in it: read them before you give it away.`,
    `Open it elsewhere: npx taskrouter snapshot load ${file}`,
  ];
}
