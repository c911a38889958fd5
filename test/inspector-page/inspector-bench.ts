import type { Locator, Page } from 'playwright-core';
import { BrowserBench } from '../page/browser-bench';

/** The inspector page, with what the tests do with it. */
export class InspectorBench extends BrowserBench {
  get origin(): string {
    return this.ready.taskrouterUrl;
  }

  protected override readonly icon = 'inspector.svg';

  /** Opens the page, and waits until it is connected. */
  override async visit(page: Page): Promise<void> {
    await page.goto(`${this.origin}/`);
    await page.locator('[data-connection="live"]').waitFor();
  }

  /** A task that Alice is reserved for. @returns its sid */
  async reserved(): Promise<string> {
    const { task_sid } = await this.elsewhere('create-task');
    await this.elsewhere('set-worker-activity', { worker: 'Alice', activity: 'Idle' });
    return task_sid;
  }
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
}

export function entries(page: Page, text?: string): Locator {
  return page.locator('.entry', text === undefined ? {} : { hasText: text });
}

export function detail(page: Page): Locator {
  return page.getByRole('region', { name: 'Details' });
}

/** The completed steps of the tour. */
export function stepsDone(page: Page): Promise<(string | null)[]> {
  return page
    .locator('[data-step][data-done="true"]')
    .evaluateAll((steps) => steps.map((step) => step.getAttribute('data-step')));
}
