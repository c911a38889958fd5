import type { Page } from 'playwright-core';

/** Adds to `faults` what only a broken page does: foreign requests, exceptions, refusals by its own policy. */
export function recordPageErrors(page: Page, origins: () => readonly string[], faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (/Content Security Policy|TrustedHTML/.test(line.text())) faults.push(line.text());
  });
  page.on('request', (request) => {
    if (!origins().includes(new URL(request.url()).origin)) faults.push(`requests ${request.url()}`);
  });
}
