import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { DataFileDamaged, readDataFile, writeDataFile } from './data-file';
import type { ClockState } from './virtual-clock';

/** Unix milliseconds; `since` is what the wall clock said when it was written. */
const written = z.object({ time: z.number(), running: z.boolean(), since: z.number() });

const fileIn = (dataDirectory: string) => path.join(dataDirectory, 'clock.json');

/**
 * Where the virtual clock of a data directory is; null when it has none. One that was running has gone on meanwhile,
 * as the wall clock has.
 * @throws DataFileDamaged when the file is there and is not what we wrote: without it time would go back
 */
export function readKeptTime(dataDirectory: string, wallTime: number): ClockState | null {
  const file = fileIn(dataDirectory);
  const text = readDataFile(file);
  if (text === null) return null;
  const { time, running, since } = parse(text, file);
  return { time: running ? time + Math.max(0, wallTime - since) : time, running };
}

/** On disk when it returns, whole or not at all: what happens at that time may be stored at once. */
export function keepTime(dataDirectory: string, { time, running }: ClockState, wallTime: number): void {
  const file = fileIn(dataDirectory);
  const text = `${JSON.stringify({ time, running, since: wallTime })}\n`;
  writeDataFile(file, text);
}

export function forgetKeptTime(dataDirectory: string): void {
  rmSync(fileIn(dataDirectory), { force: true });
}

function parse(text: string, file: string): z.infer<typeof written> {
  try {
    return written.parse(JSON.parse(text));
  } catch {
    throw new DataFileDamaged(
      `${file} is damaged: what time it is there is not known. Remove it, and reset the state with "npx taskrouter reset".`,
    );
  }
}
