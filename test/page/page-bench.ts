import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import { anywhere, type Ready, TaskrouterProcess } from '../support/taskrouter-process';
import { findBrowser, launch } from './browser';
import { recordPageErrors } from './page-errors';

/** One browser and one service for the tests of a file, and what they do with the page. */
export class PageBench {
  /** What only a broken page does: foreign requests, exceptions, refusals by its own policy. */
  readonly faults: string[] = [];
  private readonly contexts: BrowserContext[] = [];
  private launched: Browser | undefined;
  private service: Ready | undefined;

  /** Registers what the tests of a file have around them. */
  constructor(flags: readonly string[] = []) {
    beforeAll(async () => {
      this.launched = await launch(findBrowser() ?? '');
      this.service = await new TaskrouterProcess(['start', '--memory', ...anywhere, ...flags]).ready();
    });
    afterAll(async () => {
      await this.launched?.close();
      await TaskrouterProcess.endAll();
    });
    beforeEach(() => void this.faults.splice(0));
    afterEach(async () => {
      await Promise.all(this.contexts.splice(0).map((context) => context.close()));
      await this.reset();
      expect(this.faults).toEqual([]);
    });
  }

  get ready(): Ready {
    if (!this.service) throw new Error('the service is not ready');
    return this.service;
  }

  async open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.newPage(options);
    await page.goto(`${this.ready.functionsUrl}/`);
    return page;
  }

  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    if (!this.launched) throw new Error('the browser is not ready');
    const context = await this.launched.newContext(options);
    this.contexts.push(context);
    await context.route('**/lifecycle', (route) => pollFaster(route));
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    recordPageErrors(page, () => this.ready.functionsUrl, this.faults);
    return page;
  }

  /** Calls a Function as somebody else would, beside the page. */
  async elsewhere(name: string, parameters: Record<string, string>): Promise<void> {
    const body = new URLSearchParams(parameters);
    const response = await fetch(`${this.ready.functionsUrl}/${name}`, { method: 'POST', body });
    const status = name === 'create-task' ? 201 : 200;
    expect({ status: response.status, body: await response.text() }).toMatchObject({ status });
  }

  private async reset(): Promise<void> {
    const { accountSid, authToken, taskrouterUrl } = this.ready;
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
    const response = await fetch(`${taskrouterUrl}/_taskrouter/reset`, {
      method: 'POST',
      headers: { authorization },
    });
    expect(response.ok).toBe(true);
  }
}

/** How often the page reads in these tests, in ms. A test whose own route continues a request polls at the usual interval. */
const pollMs = 100;

async function pollFaster(route: Route): Promise<void> {
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

/** Makes a task and has Alice asked about it, by the buttons. @returns the task's sid */
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
