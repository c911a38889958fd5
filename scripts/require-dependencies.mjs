import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// Exits with a sentence instead of a stack when packages are missing. Import it before anything that needs a package.

const require = createRequire(import.meta.url);
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

function isInstalled(name) {
  return require.resolve.paths(name).some((folder) => existsSync(path.join(folder, name)));
}

if (!Object.keys({ ...dependencies, ...devDependencies }).every(isInstalled)) {
  console.error('Dependencies are not installed. Run "npm ci" first.');
  // As for other errors of configuration.
  process.exit(3);
}
