import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RequestInit, Response } from 'undici';
import type { HostLog } from '../host/functions-host';
import type { HostLimits } from '../host/shared/options';
import { type Certificates, makeCertificates } from '../proxy/certificates';
import { proxyEnvironment } from '../proxy/environment';
import { forwardTo } from '../proxy/forward-to';
import { writePreload } from '../proxy/preload/write-preload';
import { startProxy } from '../proxy/proxy';
import type { ServedHost } from '../proxy/route';
import { type Closing, startAll } from '../system/closing';
import { randomSid } from '../system/ids';
import { SystemClock } from '../system/system-clock';
import type { ApiLog } from '../taskrouter/http/options';
import { startTaskRouterService, type TaskRouterService } from '../taskrouter/start';
import { MemoryStore } from '../taskrouter/store/memory';
import { type Account, makeUpAccount } from './account';
import { createProxyClient, type ProxyClient } from './proxy-client';
import { LocalBuildRunner } from './runtime/build-runner';
import { createServerlessApi } from './serverless/app';
import { apiHost, uploadHost } from './serverless/hosts';
import { ServerlessState } from './serverless/state';

export type { ServerlessState as RehearsalServerless } from './serverless/state';

export interface EmulatorOptions {
  /** Receives what the Functions write, and errors. */
  readonly log?: HostLog | undefined;
  /** Of the Functions that run here. */
  readonly limits?: Partial<HostLimits> | undefined;
  /** Processes that run the Functions of an environment; default 2. */
  readonly instances?: number | undefined;
  /** The compiled child of the Functions host. */
  readonly childScript: string;
  /** For the emulator's hosts; default: new ones. */
  readonly certificates?: Certificates | undefined;
}

/** The hosts of TaskRouter, and of the worker SDK. */
const taskRouterHosts = ['taskrouter.twilio.com', 'event-bridge.twilio.com'];

/** A local emulator of Twilio's cloud. Deployment tools work against it unchanged, and the uploaded Functions run. */
export interface TwilioEmulator {
  /** Made up for this run, and well-formed. */
  readonly account: Account;
  /** The environment in which a process reaches this emulator instead of Twilio. */
  readonly environment: Readonly<Record<string, string>>;
  /** The state of the local Serverless API, and the requests it received. */
  readonly serverless: ServerlessState;
  /** Serves taskrouter.twilio.com and event-bridge.twilio.com. */
  readonly taskRouter: TaskRouterService;
  /** The hosts that it refused, as `name:port`, in order. */
  readonly refused: readonly string[];
  /** Sends a request to one of its hosts from this process, which does not have that environment. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Starts everything on loopback: a proxy that ends TLS with a certificate of a temporary authority, and behind it the local
 * Serverless API, the uploaded Functions, and a local TaskRouter whose callbacks use the same proxy.
 * @throws Error if the child's program is missing
 */
export function startEmulator(options: EmulatorOptions): Promise<TwilioEmulator> {
  return startAll((closing) => start(options, closing));
}

async function start(options: EmulatorOptions, closing: Closing): Promise<TwilioEmulator> {
  const { log = () => undefined, limits, instances, childScript } = options;
  if (!existsSync(childScript)) throw new Error(`${childScript} is missing. Run "npm run build".`);
  const account = makeUpAccount();
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'taskrouter-rehearsal-')));
  closing.add(() => rm(folder, { recursive: true, force: true }));

  const hosts = new Map<string, ServedHost>();
  const deployed = (name: string): ServedHost | undefined => {
    const request = runner.listenerAt(name);
    return request && { request };
  };
  const refused: string[] = [];
  const certificates = options.certificates ?? (await makeCertificates());
  const proxy = await startProxy({
    certificates,
    routeOf: (name) => hosts.get(name) ?? deployed(name) ?? 'refuse',
    onRefused: (target) => {
      refused.push(target);
      log({ level: 'warn', message: `${target} was refused: the rehearsal only connects to Twilio's hosts` });
    },
  });
  closing.add(() => proxy.close());
  const authorityFile = path.join(folder, 'authority.pem');
  await writeFile(authorityFile, certificates.authority);
  const access = { proxyUrl: proxy.url, caFile: authorityFile };
  const reach = createProxyClient(proxy.url, certificates.authority);
  closing.add(() => reach.close());

  const program = path.join(path.dirname(childScript), 'redirect-connections.js');
  const redirection = {
    tlsPort: proxy.tlsPort,
    proxyPort: Number(new URL(proxy.url).port),
    confined: true,
    passed: [],
  };
  const preload = await writePreload(folder, program, redirection);
  const processEnvironment = { ...proxyEnvironment({ ...access, preload }, {}), ...withoutRegion };
  const clock = new SystemClock();
  const serverless = new ServerlessState(randomSid, () => clock.now());
  const runner = new LocalBuildRunner({
    state: serverless,
    account,
    folder,
    childScript,
    processEnvironment,
    log,
    limits,
    instances,
  });
  closing.add(() => runner.close());
  const api = createServerlessApi({
    state: serverless,
    runner,
    account,
    onError: (error) => log({ level: 'error', message: `Serverless API: ${error.stack}` }),
  });
  closing.add(() => api.close());
  await api.ready();
  const taskRouter = await startTaskRouter(account, reach, log);
  closing.add(() => taskRouter.close());

  hosts.set(apiHost, { request: api.routing });
  hosts.set(uploadHost, { request: api.routing });
  for (const name of taskRouterHosts) hosts.set(name, forwardTo(taskRouter.url));
  await taskRouter.startCallbacks();
  return {
    account,
    environment: { ...proxyEnvironment(access, {}), ...withoutRegion },
    serverless,
    taskRouter,
    refused,
    fetch: reach.fetch,
    close: () => closing.close(),
  };
}

/** Either would make the SDKs use other hosts. */
const withoutRegion = { TWILIO_REGION: '', TWILIO_EDGE: '' };

/** In memory, on the system's clock; its callbacks go out through the proxy. */
function startTaskRouter(account: Account, reach: ProxyClient, log: HostLog): Promise<TaskRouterService> {
  return startTaskRouterService({
    ...account,
    newSid: randomSid,
    clock: new SystemClock(),
    store: new MemoryStore(),
    host: '127.0.0.1',
    port: 0,
    log: apiLog(log),
    onFailure: (failure) => log({ level: 'error', message: `TaskRouter failed: ${failure.stack}` }),
    newAgent: reach.newAgent,
  });
}

function apiLog(log: HostLog): ApiLog {
  return {
    warn: (_details, message) => log({ level: 'warn', message }),
    error: (details, message) => {
      const { error, err = error } = details as { error?: Error; err?: Error };
      log({ level: 'error', message: `${message}: ${err?.stack ?? ''}` });
    },
  };
}
