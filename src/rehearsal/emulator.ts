import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RequestInit, Response } from 'undici';
import type { HostLog } from '../host/functions-host';
import type { HostLimits } from '../host/shared/options';
import { randomSid } from '../system/ids';
import { SystemClock } from '../system/system-clock';
import type { ApiLog } from '../taskrouter/http/options';
import { startTaskRouterService, type TaskRouterService } from '../taskrouter/start';
import { MemoryStore } from '../taskrouter/store/memory';
import { type Account, makeUpAccount } from './account';
import { type Certificates, makeCertificates } from './certificates';
import { Closing } from './closing';
import { forwardTo } from './forward-to';
import { type EmulatorProxy, startProxy } from './proxy';
import { createProxyClient, type ProxyClient } from './proxy-client';
import { LocalBuildRunner } from './runtime/build-runner';
import { createServerlessApi } from './serverless/app';
import { apiHost, domainEnding, uploadHost } from './serverless/hosts';
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

const taskRouterHost = 'taskrouter.twilio.com';

/** Certificates for the hosts of an emulator. */
export const makeEmulatorCertificates = (): Promise<Certificates> =>
  makeCertificates([apiHost, uploadHost, taskRouterHost, `*${domainEnding}`]);

/** A local emulator of Twilio's cloud. Deployment tools work against it unchanged, and the uploaded Functions run. */
export interface TwilioEmulator {
  /** Made up for this run, and well-formed. */
  readonly account: Account;
  /** The environment in which a process reaches this emulator instead of Twilio. */
  readonly environment: Readonly<Record<string, string>>;
  /** The state of the local Serverless API, and the requests it received. */
  readonly serverless: ServerlessState;
  /** Serves taskrouter.twilio.com. */
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
export async function startEmulator(options: EmulatorOptions): Promise<TwilioEmulator> {
  const closing = new Closing();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function start(options: EmulatorOptions, closing: Closing): Promise<TwilioEmulator> {
  const { log = () => undefined, limits, instances, childScript } = options;
  if (!existsSync(childScript)) throw new Error(`${childScript} is missing. Run "npm run build".`);
  const account = makeUpAccount();
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'taskrouter-rehearsal-')));
  closing.add(() => rm(folder, { recursive: true, force: true }));

  const hosts = new Map<string, RequestListener>();
  const refused: string[] = [];
  const certificates = options.certificates ?? (await makeEmulatorCertificates());
  const proxy = await startProxy({
    certificates,
    listenerFor: (name) => hosts.get(name) ?? runner.listenerAt(name),
    onRefused: (target) => {
      refused.push(target);
      log({ level: 'warn', message: `${target} was refused: the rehearsal only connects to Twilio's hosts` });
    },
  });
  closing.add(() => proxy.close());
  const authorityFile = path.join(folder, 'authority.pem');
  await writeFile(authorityFile, certificates.authority);
  const reach = createProxyClient(proxy.url, certificates.authority, authorityFile);
  closing.add(() => reach.close());

  const processEnvironment = {
    ...reach.environment,
    NODE_OPTIONS: `--require ${JSON.stringify(await writePreload(folder, childScript, proxy))}`,
  };
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

  hosts.set(apiHost, api.routing);
  hosts.set(uploadHost, api.routing);
  hosts.set(taskRouterHost, forwardTo(taskRouter.url));
  await taskRouter.startCallbacks();
  const { environment, fetch } = reach;
  return { account, environment, serverless, taskRouter, refused, fetch, close: () => closing.close() };
}

/** @returns the script that Node loads before a Function, also in the processes that a Function starts */
async function writePreload(folder: string, childScript: string, proxy: EmulatorProxy): Promise<string> {
  const program = path.join(path.dirname(childScript), 'confine-connections.js');
  const ports = { proxy: Number(new URL(proxy.url).port), tls: proxy.tlsPort };
  const script = path.join(folder, 'preload.js');
  await writeFile(
    script,
    `require(${JSON.stringify(program)}).confineConnections(${JSON.stringify(ports)});\n`,
  );
  return script;
}

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
