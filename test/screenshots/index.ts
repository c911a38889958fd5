import path from 'node:path';
import type { Browser } from 'playwright-core';
import { anywhere, projectRoot, TaskrouterProcess } from '../cli/taskrouter-process';
import { findBrowser, howToGetOne, launch } from '../page/browser';
import { inspectorShots } from './inspector-shots';
import { lifecycleShots } from './lifecycle-shots';
import { type Look, looks, type Shot } from './shot';

const shots: readonly Shot[] = [...lifecycleShots, ...inspectorShots];

async function takeAll(wanted: string): Promise<void> {
  const executable = findBrowser();
  if (!executable) throw new Error(howToGetOne);
  const browser = await launch(executable);
  try {
    for (const shot of shots) {
      const here = looks.filter((look) => fileOf(shot, look).includes(wanted));
      if (here.length > 0) await take(browser, shot, here);
    }
  } finally {
    await browser.close();
    await TaskrouterProcess.endAll();
  }
}

async function take(browser: Browser, shot: Shot, here: readonly Look[]): Promise<void> {
  const process = new TaskrouterProcess(['start', '--memory', ...anywhere, ...(shot.flags ?? [])]);
  const ready = await process.ready();
  await shot.prepare?.(ready);
  for (const look of here) {
    const context = await browser.newContext({ ...look.options, ...shot.options });
    const page = await context.newPage();
    await shot.open(page, ready);
    const file = path.join('screenshots', fileOf(shot, look));
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: path.join(projectRoot, file), animations: 'disabled' });
    console.log(file);
    await context.close();
  }
  await process.stop();
}

const fileOf = (shot: Shot, look: Look) => `${shot.name}-${look.name}.png`;

takeAll(process.argv[2] ?? '').catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
