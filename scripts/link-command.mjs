import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Links the command into node_modules/.bin, where `npx taskrouter` looks first. Without the link, npx installs this
// project into its cache; done before the first build, that copy lacks the command and fails from then on.

const bin = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
const command = path.join('..', '..', 'dist', 'cli', 'taskrouter.js');

await mkdir(bin, { recursive: true });
if (process.platform === 'win32') {
  await writeFile(path.join(bin, 'taskrouter.cmd'), `@node "%~dp0\\${command}" %*\r\n`);
} else {
  const link = path.join(bin, 'taskrouter');
  await rm(link, { force: true });
  await symlink(command, link);
}
