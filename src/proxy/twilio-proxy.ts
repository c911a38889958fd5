import { rmSync } from 'node:fs';
import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Closing, startAll } from '../system/closing';
import { makeCertificates } from './certificates';
import { type ClientFiles, writeClientFiles } from './clients/client-files';
import { folderPrefix } from './clients/earlier-run';
import { type ProxyAccess, proxyEnvironment } from './environment';
import { writePreload } from './preload/write-preload';
import { startProxy } from './proxy';
import { trustBundle } from './trust-bundle';
import { type TwilioRoutesOptions, twilioRoutes } from './twilio-routes';

export interface TwilioProxyOptions extends TwilioRoutesOptions {
  /** The compiled preload/redirect-connections.ts. */
  readonly preloadProgram: string;
  /** The environment that the programs would have without the proxy. */
  readonly inherited: NodeJS.ProcessEnv;
}

/** A running proxy, and how programs use it. */
export interface TwilioProxy {
  readonly url: string;
  /** Every certificate that the programs trust, in PEM. */
  readonly caFile: string;
  /** How programs in other terminals reach it. */
  readonly access: ProxyAccess & { readonly preload: string; readonly clientFiles: ClientFiles };
  /** The variables that the programs need in addition to the inherited ones. */
  readonly environment: Readonly<Record<string, string>>;
  /** Removes everything that was made. Can be called again. */
  close(): Promise<void>;
}

/**
 * Starts a proxy that serves TaskRouter's hosts from the local service, with a certificate authority of its own. What programs need
 * is in a folder that only this user can read.
 */
export function startTwilioProxy(options: TwilioProxyOptions): Promise<TwilioProxy> {
  return startAll((closing) => start(options, closing));
}

async function start(options: TwilioProxyOptions, closing: Closing): Promise<TwilioProxy> {
  const { inherited, passed, onRefused, preloadProgram } = options;
  const folder = await makeFolder(closing);
  const certificates = await makeCertificates();
  const trusted = trustBundle(certificates.authority, inherited);
  const routeOf = twilioRoutes(options);
  const proxy = await startProxy({ certificates, routeOf, onRefused, trusted });
  closing.add(() => proxy.close());
  const caFile = path.join(folder, 'certificates.pem');
  await writeFile(caFile, trusted, { mode: 0o600 });
  const clientFiles = await writeClientFiles(folder, trusted, caFile);
  const preload = await writePreload(folder, preloadProgram, {
    tlsPort: proxy.tlsPort,
    proxyPort: Number(new URL(proxy.url).port),
    confined: false,
    passed,
  });
  const access = { proxyUrl: proxy.url, caFile, preload, clientFiles };
  return {
    url: proxy.url,
    caFile,
    access,
    environment: proxyEnvironment(access, inherited),
    close: () => closing.close(),
  };
}

/** For the current user alone; it is also removed if the process ends early. */
async function makeFolder(closing: Closing): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), folderPrefix)));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  closing.add(() => {
    process.off('exit', remove);
    remove();
  });
  return folder;
}
