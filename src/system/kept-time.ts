import { rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { DataFileDamaged, readDataFile, writeDataFile } from './data-file';
import type { ClockState } from './virtual-clock';

/** Unix milliseconds; `since` is the wall-clock time at which it was saved. */
const savedTime = z.object({ time: z.number(), running: z.boolean(), since: z.number() });

const fileIn = (dataDirectory: string) => path.join(dataDirectory, 'clock.json');

/**
 * The time of a data directory's virtual clock; null if it has none. A clock that was running has advanced with the wall
 * clock since it was saved.
 * @throws DataFileDamaged if the file exists but is not valid: without it, time would go back
 */
export function readKeptTime(dataDirectory: string, wallTime: number): ClockState | null {
  const file = fileIn(dataDirectory);
  const text = readDataFile(file);
  if (text === null) return null;
  const { time, running, since } = parse(text, file);
  return { time: running ? time + Math.max(0, wallTime - since) : time, running };
}

/** Saves the time, entirely or not at all. It is on disk on return, because changes of that time may follow at once. */
export function keepTime(dataDirectory: string, { time, running }: ClockState, wallTime: number): void {
  const file = fileIn(dataDirectory);
  const text = `${JSON.stringify({ time, running, since: wallTime })}\n`;
  writeDataFile(file, text);
}

export function forgetKeptTime(dataDirectory: string): void {
  rmSync(fileIn(dataDirectory), { force: true });
}

function parse(text: string, file: string): z.infer<typeof savedTime> {
  try {
    return savedTime.parse(JSON.parse(text));
  } catch {
    throw new DataFileDamaged(
      `${file} is damaged, so the time of the virtual clock is unknown. Remove it, and reset the state with "npx taskrouter reset".`,
    );
  }
}
