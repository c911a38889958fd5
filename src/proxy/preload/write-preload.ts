import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Redirection } from './redirect-connections';

/**
 * Writes the script that Node loads before a program.
 * @param program the compiled redirect-connections.ts
 * @returns the path of the script
 */
export async function writePreload(
  folder: string,
  program: string,
  redirection: Redirection,
): Promise<string> {
  const script = path.join(folder, 'preload.js');
  const [file, value] = [program, redirection].map((each) => JSON.stringify(each));
  await writeFile(script, `require(${file}).redirectConnections(${value});\n`, { mode: 0o600 });
  return script;
}
