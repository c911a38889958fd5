import path from 'node:path';
import type { Browser } from 'playwright-core';
import { findBrowser, howToGetOne, launch } from '../page/browser';
import { anywhere, projectRoot, TaskrouterProcess } from '../support/taskrouter-process';
import { agentShots } from './agent-shots';
import { inspectorShots } from './inspector-shots';
import { lifecycleShots } from './lifecycle-shots';
import { type Look, looks, type Shot } from './shot';

const shots: readonly Shot[] = [...lifecycleShots, ...agentShots, ...inspectorShots];
/** The pictures in README.md and docs/. */
const documented = [
  'lifecycle-busy-light',
  'lifecycle-busy-dark',
  'agent-busy-light',
  'inspector-error-light',
  'inspector-call-light',
];

const forDocuments = process.argv.includes('--docs');
const wanted = process.argv.slice(2).find((argument) => argument !== '--docs') ?? '';

async function takeAll(): Promise<void> {
  const executable = findBrowser();
  if (!executable) throw new Error(howToGetOne);
  const browser = await launch(executable);
  try {
    for (const shot of shots) {
      const here = looks.filter((look) => isWanted(nameOf(shot, look)));
      if (here.length > 0) await take(browser, shot, here);
    }
  } finally {
    await browser.close();
    await TaskrouterProcess.endAll();
  }
}

async function take(browser: Browser, shot: Shot, here: readonly Look[]): Promise<void> {
  const service = new TaskrouterProcess(['start', '--memory', ...anywhere, ...(shot.flags ?? [])]);
  const ready = await service.ready();
  await shot.prepare?.(ready);
  for (const look of here) {
    const context = await browser.newContext({ ...look.options, ...shot.options });
    const page = await context.newPage();
    await shot.open(page, ready);
    await page.evaluate(() => scrollTo(0, 0));
    const file = fileOf(nameOf(shot, look));
    await page.screenshot({ ...file, path: path.join(projectRoot, file.path), animations: 'disabled' });
    console.log(file.path);
    await context.close();
  }
  await service.stop();
}

function nameOf(shot: Shot, look: Look): string {
  return `${shot.name}-${look.name}`;
}

function isWanted(name: string): boolean {
  return name.includes(wanted) && (!forDocuments || documented.includes(name));
}

/** Small for the documents, else as it is. */
function fileOf(name: string) {
  if (!forDocuments) return { path: path.join('screenshots', `${name}.png`) };
  return { path: path.join('docs', 'images', `${name}.jpg`), type: 'jpeg' as const, quality: 60 };
}

takeAll().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
