import { readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { clientVariables } from '../client-variables';
import { openStopped } from '../run/open-stopped';
import { findRunning } from '../running';
import type { Terminal } from '../terminal';

/** Where `start` listens unless it is told otherwise. */
const defaultUrl = 'http://127.0.0.1:4040';

/**
 * The variables of the run on a data directory, or else of the next one: the sids and credentials are made now, and stay.
 * @throws as `startLocal`
 */
export async function localVariables(
  terminal: Terminal,
  dataDirectory: string,
  workspaceFile: string,
): Promise<Readonly<Record<string, string>>> {
  const credentials = () => keepCredentials(dataDirectory, readConfig(terminal.environment));
  const running = await findRunning(dataDirectory);
  if (running) return clientVariables(running, credentials());
  const { run, close } = await openStopped(terminal, { dataDirectory, workspaceFile });
  await close();
  return clientVariables({ ...run, taskrouterUrl: defaultUrl }, credentials());
}
