import { ConfigurationError, readConfig } from '../../system/config';
import { keepCredentials, secretTexts } from '../../system/credentials';
import { keepTime, readKeptTime } from '../../system/kept-time';
import { type LoadOptions, prepareSnapshot } from '../../taskrouter/snapshot/prepare-snapshot';
import { writeSnapshot } from '../../taskrouter/snapshot/write-snapshot';
import { openDataDirectory } from '../../taskrouter/store/data-directory';
import type { Store } from '../../taskrouter/store/store';
import { createReporter } from '../reporter';
import type { Terminal } from '../terminal';

/** The text of a snapshot of a data directory on which nothing runs. @throws StoreUnavailable, ConfigurationError */
export async function saveStopped(terminal: Terminal, dataDirectory: string): Promise<string> {
  return withStore(terminal, dataDirectory, async (store) => {
    const { rows, sequence } = store.load();
    const times = [readKeptTime(dataDirectory, Date.now())?.time, store.lastTime()].filter(
      (time) => time != null,
    );
    if (times.length === 0) {
      throw new ConfigurationError([
        `${dataDirectory} is empty, so there is nothing to save. Choose another: --data DIR.`,
      ]);
    }
    const credentials = keepCredentials(dataDirectory, readConfig(terminal.environment));
    const secrets = [...secretTexts(credentials), credentials.operator.password];
    const contents = { rows, sequence, time: Math.max(...times) };
    const parts: string[] = [];
    for await (const part of writeSnapshot({ ...credentials, contents, store, secrets })) parts.push(part);
    return parts.join('');
  });
}

/**
 * Replaces what a data directory holds, on which nothing runs.
 * @throws StoreUnavailable, SnapshotRefused, and what `beforeReplacing` throws
 */
export async function loadStopped(
  terminal: Terminal,
  dataDirectory: string,
  text: string,
  options: LoadOptions & { readonly beforeReplacing: (workspaces: number) => void },
): Promise<void> {
  await withStore(terminal, dataDirectory, async (store) => {
    options.beforeReplacing(store.load().rows.workspaces.length);
    const { accountSid } = keepCredentials(dataDirectory, readConfig(terminal.environment));
    const { snapshot } = prepareSnapshot(text, accountSid, options);
    await store.replace(snapshot);
    keepTime(dataDirectory, { time: snapshot.time, running: false }, Date.now());
  });
}

async function withStore<Result>(
  terminal: Terminal,
  dataDirectory: string,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const { hostLog } = createReporter({ json: true }, terminal);
  const store = openDataDirectory(dataDirectory, {
    notify: (message) => hostLog({ level: 'warn', message }),
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
