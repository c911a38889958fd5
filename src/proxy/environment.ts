import { isTwilioHost } from '../common/twilio-hosts';
import { clientEnvironment } from './clients/client-environment';
import type { ClientFiles } from './clients/client-files';
import { withoutEarlierRun } from './clients/earlier-run';
import { caVariables } from './trust-bundle';

/** What a program needs to reach the proxy and to trust it. */
export interface ProxyAccess {
  readonly proxyUrl: string;
  /** A file in PEM with every certificate that the program trusts, ours among them. */
  readonly caFile: string;
  /** The script that Node loads before a program; default: none. */
  readonly preload?: string | undefined;
  /** For other languages than Node's; default: none. */
  readonly clientFiles?: ClientFiles | undefined;
}

const loopbackNames = ['localhost', '127.0.0.1', '::1'];

/**
 * The variables with which a program finds Twilio here, in addition to the environment that it has anyway. None disables the check
 * of certificates.
 * @param environment what the program has without them
 */
export function proxyEnvironment(
  { proxyUrl, caFile, preload, clientFiles: files }: ProxyAccess,
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  const inherited = withoutEarlierRun(environment);
  const direct = directHosts(inherited);
  const proxy = { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, NO_PROXY: direct.join(',') };
  return {
    ...proxy,
    // Many clients prefer the lower case, which might name another proxy.
    ...Object.fromEntries(Object.entries(proxy).map(([name, value]) => [name.toLowerCase(), value])),
    ...Object.fromEntries(caVariables.map((name) => [name, caFile])),
    ...(preload !== undefined && { NODE_OPTIONS: withPreload(inherited.NODE_OPTIONS, preload) }),
    ...(files && clientEnvironment({ proxyUrl, directHosts: direct, files }, inherited)),
  };
}

/** What is reached without the proxy: this computer, and what was before, except Twilio. */
function directHosts({ no_proxy, NO_PROXY = no_proxy ?? '' }: NodeJS.ProcessEnv): string[] {
  const before = NO_PROXY.split(/[\s,]+/).filter((entry) => entry !== '' && !coversTwilio(entry));
  return [...new Set([...loopbackNames, ...before])];
}

/** An entry also covers the names that end with it, and `*` all. */
function coversTwilio(entry: string): boolean {
  const ending = entry.replace(/^\*?\.?/, '').replace(/:\d+$/, '');
  return ending === '' || isTwilioHost(ending) || ['com', 'io'].includes(ending.toLowerCase());
}

/**
 * In quotes if the path has spaces (https://nodejs.org/api/cli.html#node_optionsoptions), but only then: twilio-run loses one that
 * ends a line of a `.env`.
 */
function withPreload(options: string | undefined, preload: string): string {
  const file = /[\s"\\]/.test(preload) ? JSON.stringify(preload) : preload;
  return `${options ? `${options} ` : ''}--require ${file}`;
}
