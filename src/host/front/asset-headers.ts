import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Route } from '../shared/routes';

/**
 * The headers that the host adds to an asset. A page states its Content Security Policy in itself, because Twilio sends
 * no header for it; only a header can forbid other pages to frame it
 * (https://www.w3.org/TR/CSP3/#directive-frame-ancestors). Functions get none: their headers are their own.
 */
export async function assetHeaders({ type, filePath }: Route): Promise<Readonly<Record<string, string>>> {
  if (type !== 'asset') return {};
  const nosniff = { 'X-Content-Type-Options': 'nosniff' };
  if (path.extname(filePath) !== '.html') return nosniff;
  // A page that was deleted has no headers, and gets 404.
  const html = await readFile(filePath, 'utf8').catch(() => '');
  const policy = [policyIn(html), "frame-ancestors 'none'"].filter((part) => part !== undefined);
  return {
    ...nosniff,
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

/** In `<meta http-equiv="Content-Security-Policy" content="…">`. */
function policyIn(html: string): string | undefined {
  const [meta = ''] = /<meta\s[^>]*http-equiv="Content-Security-Policy"[^>]*>/i.exec(html) ?? [];
  return /\scontent="([^"\r\n]+)"/i.exec(meta)?.[1];
}
