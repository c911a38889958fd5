import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { ConfigurationError } from '../system/config';

const url = z.object({ path: z.string(), visibility: z.enum(['public', 'protected', 'private']) });
const written = z.object({
  build: z.string().min(1),
  functions: z.array(url).min(1),
  assets: z.array(url).min(1),
});

/** What the build made to deploy: the hash of its sources, and every URL with its visibility. */
export type Artifact = z.infer<typeof written>;

/** @throws ConfigurationError when the build is missing or incomplete */
export function readArtifact(projectRoot: string): Artifact {
  try {
    const artifact = written.parse(JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8')));
    // An incomplete dist/ would be uploaded incomplete.
    for (const folder of ['functions', 'assets']) readdirSync(path.join(projectRoot, 'dist', folder));
    return artifact;
  } catch {
    throw new ConfigurationError(['dist/ has no complete build. Run "npm run build".']);
  }
}

const file = path.join('dist', 'artifact.json');

/** The text of all built Functions. */
export function readFunctions(projectRoot: string): string {
  const folder = path.join(projectRoot, 'dist', 'functions');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}
