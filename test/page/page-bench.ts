import type { BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import { BrowserBench } from './browser-bench';

/** The lifecycle page, with what the tests do with it. */
export class PageBench extends BrowserBench {
  get origin(): string {
    return this.ready.functionsUrl ?? '';
  }

  protected override readonly icon = 'lifecycle.svg';

  override async visit(page: Page): Promise<void> {
    await page.goto(`${this.origin}/`);
  }

  protected override async createPage(options?: BrowserContextOptions, origin?: string): Promise<Page> {
    const page = await super.createPage(options, origin);
    await page.context().route('**/lifecycle', pollFaster);
    return page;
  }

  /** Leaves the interval at which a page polls as the Functions set it. */
  async pollAsUsual(page: Page): Promise<void> {
    await page.context().unroute('**/lifecycle', pollFaster);
  }
}

/** How often the page reads in these tests, in ms. A test whose own route continues a request polls at the usual interval. */
const pollMs = 250;

/** Lets a page read more often than the Functions tell it to, so that a test waits less. */
export async function pollFaster(route: Route): Promise<void> {
  if (route.request().isNavigationRequest()) return route.fallback();
  try {
    const response = await route.fetch();
    // Only the browser itself knows a password that was entered as part of an address.
    if (response.status() === 401) return await route.fallback();
    if (!response.ok()) return await route.fulfill({ response });
    const json = { ...((await response.json()) as object), poll_after_ms: pollMs };
    await route.fulfill({ response, json });
  } catch {
    // The page was closed, or nobody responds.
    await route.abort().catch(() => undefined);
  }
}

export const task = '[data-task-sid]';

export function withStatus(page: Page, status: string): Locator {
  return page.locator(`${task}[data-status="${status}"]`);
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

export function activity(page: Page, worker: string, name: string): Locator {
  return page
    .getByRole('group', { name: `Activity of ${worker}` })
    .getByRole('button', { name, exact: true });
}

export function statusBar(page: Page): Locator {
  return page.locator('.status-bar');
}

export function countAt(page: Page, stage: string): Promise<string | null> {
  return page.locator('.stage', { hasText: stage }).getAttribute('data-count');
}

/** The token of the line that stands for a task, or of a worker, at a stage from 0. */
export function tokenAt(page: Page, text: string, stage: number): Locator {
  return page.locator(`.token[data-stage="${stage}"]`, { hasText: text });
}

/** Creates a task, and makes Alice available so that it is offered to her, with the buttons. @returns the task's sid */
export async function reserved(page: Page): Promise<string> {
  await button(page, 'Create task').click();
  await withStatus(page, 'pending').waitFor();
  await activity(page, 'Alice', 'Idle').click();
  await withStatus(page, 'reserved').waitFor();
  return (await page.locator(task).getAttribute('data-task-sid')) ?? '';
}

/** Hides or shows the tab, as far as the page can tell. */
export function show(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  return page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibilityState });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
