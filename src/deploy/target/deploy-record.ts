import path from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from '../../system/config';
import { readDataFile, writeDataFile } from '../../system/data-file';

/** What was made from this folder, by the sid of the account: it may be worked on without asking. */
const written = z.record(
  z.string(),
  z.object({ workspaceSids: z.array(z.string()), serviceSids: z.array(z.string()) }),
);
type Memory = z.infer<typeof written>;
type Made = Memory[string];

/** Beside the uploading tool's `.twiliodeployinfo`; git ignores both. */
const fileName = '.taskrouterdeployinfo';

/** @throws ConfigurationError when the file is there and is not what we wrote */
export function readCreated(projectRoot: string, accountSid: string): Made {
  return readMemory(projectRoot)[accountSid] ?? { workspaceSids: [], serviceSids: [] };
}

/** Adds to it. */
export function recordCreated(projectRoot: string, accountSid: string, made: Partial<Made>): void {
  const known = readCreated(projectRoot, accountSid);
  const both = (kind: keyof Made) => [...new Set([...known[kind], ...(made[kind] ?? [])])];
  const memory = {
    ...readMemory(projectRoot),
    [accountSid]: { workspaceSids: both('workspaceSids'), serviceSids: both('serviceSids') },
  };
  writeDataFile(path.join(projectRoot, fileName), `${JSON.stringify(memory, null, 2)}\n`);
}

function readMemory(projectRoot: string): Memory {
  try {
    return written.parse(JSON.parse(readDataFile(path.join(projectRoot, fileName)) ?? '{}'));
  } catch {
    throw new ConfigurationError([
      `${fileName} is damaged. Remove it: what was made from this folder is then asked about again.`,
    ]);
  }
}

/** Of the tool that uploads: https://www.twilio.com/docs/labs/serverless-toolkit/configuration */
const toolMemory = z.record(z.string(), z.object({ serviceSid: z.string() }));

/**
 * The Service that the uploading tool remembers for an account; undefined when there is none, or the tool could not read
 * it either.
 */
export function readRememberedService(
  projectRoot: string,
  accountSid: string,
  region = 'us1',
): string | undefined {
  try {
    const memory = toolMemory.parse(
      JSON.parse(readDataFile(path.join(projectRoot, '.twiliodeployinfo')) ?? '{}'),
    );
    return (memory[`${accountSid}:${region}`] ?? memory[accountSid])?.serviceSid;
  } catch {
    return undefined;
  }
}
