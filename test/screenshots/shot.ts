import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Ready } from '../support/taskrouter-process';

/** How a page is looked at. */
export interface Look {
  readonly name: string;
  readonly options: BrowserContextOptions;
}

/** A state of a page worth a picture. */
export interface Shot {
  /** `<page>-<state>`, the beginning of the file's name. */
  readonly name: string;
  /** More flags for `taskrouter start`. */
  readonly flags?: readonly string[];
  /** Of the browser, such as credentials. */
  readonly options?: BrowserContextOptions;
  /** Brings the service into the state; runs once, before the pages are opened. */
  readonly prepare?: (ready: Ready) => Promise<void>;
  /** Opens the page and brings it there. */
  readonly open: (page: Page, ready: Ready) => Promise<void>;
}

export const looks: readonly Look[] = [
  { name: 'light', options: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } },
  { name: 'dark', options: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } },
  { name: 'narrow', options: { viewport: { width: 360, height: 1400 }, colorScheme: 'light' } },
  { name: 'wide', options: { viewport: { width: 2000, height: 1100 }, colorScheme: 'light' } },
];

/** Each look begins anew. */
export async function reset({ taskrouterUrl, accountSid, authToken }: Ready): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` };
  await fetch(`${taskrouterUrl}/_taskrouter/reset`, { method: 'POST', headers });
}
