import path from 'node:path';
import * as z from 'zod';
import { readDataFile, writeDataFile } from './data-file';

const sids = z.record(z.string(), z.string());
const namedSids = z.object({
  workspaceSid: z.string(),
  workflows: sids,
  workers: sids,
  taskQueues: sids,
  activities: sids,
});
/** The sids of what the workspace file names, by its names. */
export type NamedSids = z.infer<typeof namedSids>;

const fileIn = (dataDirectory: string) => path.join(dataDirectory, 'names.json');

/** Saves what the last run showed, so that a reset while nothing runs gives the same sids, whatever was renamed since. */
export function keepNames(dataDirectory: string, named: NamedSids): void {
  writeDataFile(fileIn(dataDirectory), `${JSON.stringify(namedSids.parse(named), null, 2)}\n`);
}

/** Null if there are none, or if the file is not valid: then a reset gives what was renamed new sids. */
export function readKeptNames(dataDirectory: string): NamedSids | null {
  try {
    return namedSids.parse(JSON.parse(readDataFile(fileIn(dataDirectory)) ?? 'null'));
  } catch {
    return null;
  }
}
