import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../page/browser';
import { button, entries, InspectorBench } from './inspector-bench';

jest.setTimeout(120_000);

describeInBrowser('the accessibility of the inspector', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it.each(['light', 'dark'] as const)('is found to be accessible in the %s scheme', async (colorScheme) => {
    const page = await bench.open({ colorScheme, bypassCSP: true });
    await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    expect(await seriousFindings(page)).toEqual([]);
    await button(page, 'Reset …').click();
    expect(await seriousFindings(page)).toEqual([]);
    await button(page, 'Cancel').click();
  });
});

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe-core finds serious or worse. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const findings = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  )) as readonly Finding[];
  const serious = findings.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
