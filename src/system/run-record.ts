import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/** How programs reach the proxy of a run, and trust it. */
const proxyRecord = z.object({
  proxyUrl: z.string(),
  caFile: z.string(),
  preload: z.string(),
  clientFiles: z.object({ pythonFolder: z.string(), phpFolder: z.string(), javaTrustStore: z.string() }),
});

/**
 * What other commands need to know about a run: the ready line without its secrets. It is stored in the data directory,
 * so that `taskrouter env` and `reset` find the run and its ports.
 */
const runRecord = z.object({
  /** Identifies this run. `/healthz` returns it. */
  instance: z.string(),
  functionsUrl: z.string().nullable(),
  taskrouterUrl: z.string(),
  accountSid: z.string(),
  workspaceSid: z.string(),
  workflowSid: z.string().nullable(),
  workers: z.record(z.string(), z.string()),
  taskQueues: z.record(z.string(), z.string()),
  activities: z.record(z.string(), z.string()),
  /** Only with `start --proxy`. */
  proxy: proxyRecord.optional(),
});
export type RunRecord = z.infer<typeof runRecord>;

const fileIn = (dataDirectory: string) => path.join(dataDirectory, 'run.json');

export function writeRunRecord(dataDirectory: string, run: RunRecord): void {
  writeFileSync(fileIn(dataDirectory), `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
}

/** Null if there is no run, or if its record is not readable. */
export function readRunRecord(dataDirectory: string): RunRecord | null {
  try {
    return runRecord.parse(JSON.parse(readFileSync(fileIn(dataDirectory), 'utf8')));
  } catch {
    return null;
  }
}

export function removeRunRecord(dataDirectory: string): void {
  rmSync(fileIn(dataDirectory), { force: true });
}
