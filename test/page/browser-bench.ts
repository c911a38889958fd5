import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
  ViewportSize,
} from 'playwright-core';
import { emptyEnvironmentFile, type Ready, TaskrouterProcess } from '../support/taskrouter-process';
import { findBrowser, launch } from './browser';
import { recordPageErrors } from './page-errors';

/** Milliseconds that a page may take for one step. Generous, because other tests use this computer too. */
const stepTimeoutMs = 40_000;

/** Waits until the element has the focus, which a page may move after it has drawn. */
export function untilFocused(element: Locator): Promise<void> {
  return element.and(element.page().locator(':focus')).waitFor();
}

/** How the shared page is shown during one test. */
interface Look {
  readonly viewport?: ViewportSize;
  readonly colorScheme?: 'light' | 'dark';
}

/**
 * One browser, one page and one service for the tests of a file: a page of its own costs the browser new processes and
 * a second. After each test the service is reset to the workspace file, and the page forgets what it stored.
 */
export abstract class BrowserBench {
  /** What only a broken page does: foreign requests, exceptions, refusals by its own policy. */
  readonly faults: string[] = [];
  private readonly contexts: BrowserContext[] = [];
  private launched: Browser | undefined;
  private shared: Page | undefined;
  private process: TaskrouterProcess | undefined;
  private service: Ready | undefined;

  /** Registers what the tests of a file have around them. @param flags of the service */
  constructor(private readonly flags: readonly string[] = ['--memory']) {
    beforeAll(async () => {
      [this.launched] = await Promise.all([launch(findBrowser() ?? ''), this.start()]);
    });
    afterAll(async () => {
      await this.launched?.close();
      await TaskrouterProcess.endAll();
    });
    beforeEach(() => void this.faults.splice(0));
    afterEach(async () => {
      await Promise.all([this.closePages(), this.leaveSharedPage()]);
      await this.reset();
      expect(this.faults).toEqual([]);
    });
  }

  get ready(): Ready {
    if (!this.service) throw new Error('the service is not ready');
    return this.service;
  }

  /** The origin of the pages; requests to any other are faults. */
  abstract get origin(): string;

  /** What else the pages may send requests to. */
  protected get otherOrigins(): readonly string[] {
    return [];
  }

  /** The path of a file there that runs no script. */
  protected abstract readonly icon: string;

  /** Opens what the bench is for. */
  abstract visit(page: Page): Promise<void>;

  /** The page that the tests of a file share, opened anew. */
  async open({ viewport = { width: 1280, height: 720 }, colorScheme = 'light' }: Look = {}): Promise<Page> {
    this.shared ??= await this.createPage();
    await this.shared.setViewportSize(viewport);
    await this.shared.emulateMedia({ colorScheme, reducedMotion: 'no-preference' });
    await this.visit(this.shared);
    return this.shared;
  }

  /** A page of its own, opened: for a test with two, or with credentials. */
  async openAnother(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.newPage(options);
    await this.visit(page);
    return page;
  }

  /**
   * A page of its own, not opened: for a test with scripts or a clock, which a page keeps.
   * @param origin of the page, if it is not that of the bench
   */
  async newPage(options: BrowserContextOptions = {}, origin = this.origin): Promise<Page> {
    const page = await this.createPage(options, origin);
    this.contexts.push(page.context());
    return page;
  }

  private async closePages(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  /** Calls a Function as somebody else would, beside the page. */
  async elsewhere(name: string, parameters: Record<string, string> = {}): Promise<{ task_sid: string }> {
    const body = new URLSearchParams(parameters);
    const response = await fetch(`${this.ready.functionsUrl}/${name}`, { method: 'POST', body });
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status: name === 'create-task' ? 201 : 200 });
    return JSON.parse(text) as { task_sid: string };
  }

  get authorization(): string {
    return `Basic ${btoa(`${this.ready.accountSid}:${this.ready.authToken}`)}`;
  }

  /** Requests of the REST API and the control endpoints, as the account. */
  post(path: string, body = new URLSearchParams()): Promise<Response> {
    const headers = { authorization: this.authorization };
    return fetch(`${this.ready.taskrouterUrl}${path}`, { method: 'POST', headers, body });
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  /** Starts the service again, at the address where it was stopped. */
  async restart(): Promise<void> {
    const portOf = (url: string | null) => new URL(url ?? '').port;
    const { functionsUrl, taskrouterUrl } = this.ready;
    await this.start(portOf(functionsUrl), portOf(taskrouterUrl));
  }

  protected async createPage(options: BrowserContextOptions = {}, origin = this.origin): Promise<Page> {
    if (!this.launched) throw new Error('the browser is not ready');
    const context = await this.launched.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(stepTimeoutMs);
    recordPageErrors(page, () => [origin, ...this.otherOrigins], this.faults);
    return page;
  }

  private async leaveSharedPage(): Promise<void> {
    await this.shared?.unrouteAll({ behavior: 'ignoreErrors' });
    await this.shared?.goto(`${this.origin}/${this.icon}`);
    await this.shared?.evaluate(() => localStorage.clear());
  }

  private async start(port = '0', taskrouterPort = '0'): Promise<void> {
    this.process = new TaskrouterProcess([
      ...['start', '--json', '--env', emptyEnvironmentFile],
      ...['--port', port, '--taskrouter-port', taskrouterPort],
      ...this.flags,
    ]);
    this.service = await this.process.ready();
  }

  private async reset(): Promise<void> {
    expect((await this.post('/_taskrouter/reset')).ok).toBe(true);
  }
}
