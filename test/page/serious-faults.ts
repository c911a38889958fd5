import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe-core finds serious or worse, in the light and the dark scheme. In the dark scheme it runs only the rules
 * about colors, because no other depends on the scheme: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
 */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  // A color must not be read while it changes.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await faultsOf(page, {});
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await faultsOf(page, { runOnly: ['color-contrast', 'link-in-text-block'] });
  return [...light, ...dark];
}

async function faultsOf(page: Page, options: RunOptions): Promise<string[]> {
  const all = JSON.stringify({ ...options, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${all})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary).join(' ')}`,
    );
}
