import { isLoopbackHost } from '../../src/common/loopback';

/**
 * The URL of the other page, which runs on the same computer and names itself by a loopback address. In a browser on
 * another computer, the link needs the address under which that browser reaches this page. A public URL is left
 * out: its tunnel forwards to one port only.
 * @param pageUrl of the page that shows the link
 */
export function reachableUrl(url: string, pageUrl: string): string {
  const page = new URL(pageUrl);
  const target = new URL(url);
  if (page.protocol !== 'http:' || isLoopbackHost(page.hostname) || !isLoopbackHost(target.hostname))
    return url;
  target.hostname = page.hostname;
  return url.endsWith('/') ? target.href : target.href.replace(/\/$/, '');
}
