import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fetch as fetchWith, ProxyAgent, type RequestInit, type Response } from 'undici';
import type { HostLog } from '../host/host-log';
import type { HostLimits } from '../host/options';
import { systemClock } from '../system/clock';
import { makeCredentials } from '../system/credentials';
import { randomSid } from '../system/ids';
import { startTaskRouterService, type TaskRouterService } from '../taskrouter/start';
import { MemoryStore } from '../taskrouter/store/memory';
import { makeCertificates } from './certificates';
import { forwardTo } from './forward-to';
import { startProxy } from './proxy';
import { RuntimeWorkshop } from './runtime/workshop';
import { createServerlessApi } from './serverless/app';
import { apiHost, domainEnding, uploadHost } from './serverless/hosts';
import { RehearsalServerless } from './serverless/state';

export type { RehearsalServerless } from './serverless/state';

export interface RehearsalCloudOptions {
  /** What goes on, what the Functions write, and what goes wrong. */
  readonly log?: HostLog | undefined;
  /** Of the Functions that run here. */
  readonly limits?: Partial<HostLimits> | undefined;
  /** The compiled child of the Functions host; default: `functions-child.js` beside this program. */
  readonly childScript?: string | undefined;
}

/** A local stand-in for Twilio's cloud: tools that deploy there deploy here, unchanged, and what they upload runs. */
export interface RehearsalCloud {
  /** Made up for this run, and well-formed. */
  readonly account: { readonly accountSid: string; readonly authToken: string };
  /** What a process needs in its environment to reach this cloud in place of Twilio's. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the local Serverless API holds, and what it was asked. */
  readonly serverless: RehearsalServerless;
  /** Answers as taskrouter.twilio.com. */
  readonly taskRouter: TaskRouterService;
  /** Every other host that somebody wanted to reach, as `name:port`, in order. */
  readonly refused: readonly string[];
  /** Asks any of its hosts, as a process with this environment would. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** In ms; everything is on this computer. */
const connectMs = 5_000;
const taskRouterHost = 'taskrouter.twilio.com';

/**
 * Everything on loopback: a proxy that ends TLS with a certificate of a throw-away authority, and behind it the local
 * Serverless API, the Functions uploaded to it, and a local TaskRouter whose callbacks take the same way.
 * @throws Error when the build is missing
 */
export async function startRehearsalCloud(options: RehearsalCloudOptions = {}): Promise<RehearsalCloud> {
  const log = options.log ?? (() => undefined);
  const childScript = requireChildScript(options);
  const { accountSid, authToken } = makeCredentials({ accountSid: undefined, authToken: undefined });
  const account = { accountSid, authToken };
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'taskrouter-rehearsal-')));
  const certificates = await makeCertificates([apiHost, uploadHost, taskRouterHost, `*${domainEnding}`]);
  const authorityFile = path.join(folder, 'authority.pem');
  await writeFile(authorityFile, certificates.authority);

  const hosts = new Map<string, RequestListener>();
  const refused: string[] = [];
  const proxy = await startProxy({
    certificates,
    listenerFor: (name) => hosts.get(name) ?? workshop.listenerAt(name),
    onRefused: (target) => {
      refused.push(target);
      log({ level: 'warn', message: `The rehearsal leads to no other host: ${target} was refused` });
    },
  });
  const newAgent = (connectMilliseconds: number) =>
    new ProxyAgent({
      uri: proxy.url,
      requestTls: { ca: certificates.authority, timeout: connectMilliseconds },
    });
  const dispatcher = newAgent(connectMs);
  const environment = environmentFor(proxy.url, authorityFile);
  const state = new RehearsalServerless(randomSid, systemClock.now);
  const workshop = new RuntimeWorkshop({
    state,
    account,
    folder,
    childScript,
    processEnvironment: environment,
    log,
    limits: options.limits,
  });
  const reportError = (error: unknown) =>
    log({ level: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const api = createServerlessApi({ state, workshop, account, onError: reportError });
  await api.ready();
  const taskRouter = await startTaskRouterService({
    ...account,
    newSid: randomSid,
    clock: systemClock,
    store: new MemoryStore(),
    host: '127.0.0.1',
    port: 0,
    log: {
      warn: (_details, message) => log({ level: 'warn', message }),
      error: (details, message) => log({ level: 'error', message: `${message} ${errorIn(details)}` }),
    },
    onFailure: reportError,
    newAgent,
  });
  hosts.set(apiHost, api.routing);
  hosts.set(uploadHost, api.routing);
  hosts.set(taskRouterHost, forwardTo(taskRouter.url));
  await taskRouter.startCallbacks();

  async function close(): Promise<void> {
    await taskRouter.stopCallbacks();
    await dispatcher.close();
    await proxy.close();
    await workshop.close();
    await Promise.all([taskRouter.close(), api.close()]);
    await rm(folder, { recursive: true, force: true });
  }
  const fetch = (url: string, init: RequestInit = {}) => fetchWith(url, { ...init, dispatcher });
  return { account, environment, serverless: state, taskRouter, refused, fetch, close };
}

/** Nobody is told to trust every certificate; region and edge would lead to other hosts. */
function environmentFor(proxyUrl: string, authorityFile: string): Record<string, string> {
  return {
    HTTP_PROXY: proxyUrl,
    HTTPS_PROXY: proxyUrl,
    NO_PROXY: 'localhost,127.0.0.1,::1',
    NODE_EXTRA_CA_CERTS: authorityFile,
    CURL_CA_BUNDLE: authorityFile,
    TWILIO_REGION: '',
    TWILIO_EDGE: '',
  };
}

function requireChildScript({
  childScript = path.join(__dirname, 'functions-child.js'),
}: RehearsalCloudOptions): string {
  if (!existsSync(childScript)) throw new Error(`${childScript} is missing; run "npm run build"`);
  return childScript;
}

function errorIn(details: object): string {
  const { error, err = error } = details as { error?: Error; err?: Error };
  return err?.stack ?? '';
}
