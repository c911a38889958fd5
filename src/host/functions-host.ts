import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { basicAuthorization } from '../common/http-basic';
import { coalesced } from '../system/coalesced';
import { listenLocally } from '../system/local-listener';
import { sharedFolders } from '../system/project-sources';
import { environmentFile } from './build/environment';
import { watchSources } from './build/watch-sources';
import { createPublicServer, finish, listen } from './front/public-server';
import { RequestHandler } from './front/request-handler';
import { prepareRuntimeConfig } from './runtime/runtime-config';
import { Supervisor } from './runtime/supervisor';
import { type HostLog, maskingLog, secretsIn } from './shared/log';
import { defaultLimits, type FunctionsHostOptions } from './shared/options';

export type { HostLog, HostLogEntry } from './shared/log';
export type { FunctionsHostOptions, HostLimits, OperatorCredentials as Operator } from './shared/options';

/** Serves the Functions and assets locally as Twilio's runtime serves them. */
export interface FunctionsHost {
  /** A loopback address, whatever the host listens on, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /** The lines that the Functions logged and that were dropped because there were too many. */
  readonly droppedLines: number;
  /** Rebuilds the Functions, reads `.env` again and replaces the runtime. Never rejects: errors go to the log. */
  reload(): Promise<void>;
  /** Finishes the requests in flight and leaves no process behind. */
  close(): Promise<void>;
}

/**
 * Resolves when the Functions respond.
 * @throws Error with a `code` such as `EADDRINUSE` when the port is not available; Error when nothing is built or the
 *   runtime does not start
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const limits = { ...defaultLimits, ...options.limits };
  const secret = randomBytes(24).toString('base64url');
  const secrets = new Set([secret, ...secretsOf(options)]);
  const log = maskingLog(options.log, () => secrets);
  const program = { script: childScript(options), processEnvironment: options.processEnvironment ?? {} };
  const supervisor = new Supervisor(limits, log);
  const handler = new RequestHandler(options, supervisor, log);
  const server = createPublicServer(
    (request, response) => void handler.receive(request, response),
    limits.requestMs,
  );
  const listener = await listenLocally(server, options, (at) => listen(server, at));
  const { url, port } = listener;

  const load = coalesced(async () => {
    const config = await prepareRuntimeConfig(
      options,
      program,
      { publicUrl: options.publicUrl ?? url, secret },
      log,
    );
    for (const value of secretsIn(config.settings.environment)) secrets.add(value);
    // Files that are watched already count once.
    watcher?.add([...config.sources]);
    await supervisor.start(config);
  });
  const reload = () => load().catch((error) => logReloadError(error, log));
  async function close(): Promise<void> {
    await watcher?.close();
    handler.close();
    await finish(server, limits.functionTimeoutMs + limits.stallMs, listener);
    await supervisor.close();
  }
  const watcher = options.watch ? await watch(options, reload, log) : undefined;
  try {
    await load();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url,
    port,
    get droppedLines() {
      return supervisor.droppedLines;
    },
    reload,
    close,
  };
}

function secretsOf({ authToken, operator }: FunctionsHostOptions): string[] {
  return [
    authToken,
    ...(operator ? [operator.password, basicAuthorization(operator.username, operator.password)] : []),
  ];
}

function childScript({
  childScript = path.join(__dirname, 'functions-child.js'),
}: FunctionsHostOptions): string {
  if (!existsSync(childScript)) throw new Error(`${childScript} is missing. Run "npm run build".`);
  return childScript;
}

function watch(options: FunctionsHostOptions, reload: () => Promise<void>, log: HostLog) {
  const { sourceFolder, functionsFolder, assetsFolder } = options;
  const watched = [sourceFolder ?? functionsFolder, assetsFolder, ...sharedFolders, environmentFile(options)];
  return watchSources(options.projectRoot, watched, (files) => {
    log({ level: 'info', message: `${files.join(', ')} changed: reloading the Functions` });
    void reload();
  });
}

/** The previous Functions keep running. */
function logReloadError(error: Error, log: HostLog): void {
  log({ level: 'error', message: `The Functions were not reloaded: ${error.message}` });
}
