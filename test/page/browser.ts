import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of this computer: `CHROME_PATH`, or Chromium or Chrome on the path. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (environment.CHROME_PATH) return environment.CHROME_PATH;
  const folders = ['/usr/bin', ...(environment.PATH ?? '').split(path.delimiter)];
  return programs
    .flatMap((program) => folders.map((folder) => path.join(folder, program)))
    .find((candidate) => existsSync(candidate));
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const howToGetOne = 'no browser found: install Debian’s package chromium, or set CHROME_PATH';

/** `describe` where there is a browser; else it is skipped, and says so. */
export const describeInBrowser: (name: string, tests: () => void) => void = (name, tests) => {
  if (findBrowser()) return describe(name, tests);
  process.stderr.write(`SKIPPED ${name}: ${howToGetOne}\n`);
  describe.skip(`${name} (${howToGetOne})`, tests);
};
