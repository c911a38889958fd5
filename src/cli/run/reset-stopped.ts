import { forgetKeptTime } from '../../system/kept-time';
import type { Terminal } from '../terminal';
import { openStopped } from './open-stopped';

/** Resets a data directory while nothing runs on it. */
export async function resetStopped(
  terminal: Terminal,
  dataDirectory: string,
  workspaceFile: string,
): Promise<void> {
  const local = await openStopped(terminal, { dataDirectory, workspaceFile, onlyToReset: true });
  await local.reset();
  forgetKeptTime(dataDirectory);
  await local.close();
}
