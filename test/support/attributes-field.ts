import type { Locator, Page } from 'playwright-core';

/**
 * The field for the attributes of a new task, once the page has put the first preset into it: until then, the preset could
 * come between the selection of the old text and the new one.
 */
export async function attributesField(page: Page): Promise<Locator> {
  await page.locator('.presets [aria-pressed="true"]').waitFor();
  return page.getByLabel('Attributes (JSON)');
}
