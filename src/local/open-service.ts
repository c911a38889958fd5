import path from 'node:path';
import { suggestedMove } from '../common/suggested-move';
import { chooseClock } from '../system/choose-clock';
import type { Clock } from '../system/clock';
import { type Credentials, keepCredentials, makeCredentials } from '../system/credentials';
import { RememberingSids } from '../system/ids';
import { connectionOwner } from '../system/own-connection';
import { readPage } from '../taskrouter/control/inspector-page';
import { ServiceMetrics } from '../taskrouter/metrics/service-metrics';
import { startTaskRouterService, type TaskRouterService } from '../taskrouter/start';
import { openDataDirectory } from '../taskrouter/store/data-directory';
import { MemoryStore } from '../taskrouter/store/memory';
import type { Store } from '../taskrouter/store/store';
import type { DesiredWorkspace } from '../workspace/file/desired';
import type { LocalOptions } from './local-options';
import type { Progress } from './progress';
import { rememberGiven } from './remember-names';

/** The local TaskRouter, without a workspace, and what it was started with. */
interface OpenService {
  readonly service: TaskRouterService;
  readonly credentials: Credentials;
  readonly sids: RememberingSids;
}

/** What the service learns later, and asks for. */
interface Surroundings {
  readonly desired: DesiredWorkspace;
  readonly progress: Readonly<Progress>;
  /** Identifies this run. */
  readonly instance: string;
  /** Restores the state of the workspace file. */
  readonly reset: () => Promise<void>;
}

/**
 * Opens the stored state, and starts the service with it. It listens, and is not ready yet.
 * @throws StoreUnavailable, ConfigurationError, or an Error with `code` EADDRINUSE
 */
export async function openService(options: LocalOptions, surroundings: Surroundings): Promise<OpenService> {
  const { dataDirectory, config } = options;
  const notify = (message: string) => options.hostLog({ level: 'warn', message });
  const store = dataDirectory ? openDataDirectory(dataDirectory, { notify }) : new MemoryStore();
  const credentials = await orClose(store, () =>
    dataDirectory ? keepCredentials(dataDirectory, config) : makeCredentials(config),
  );
  const sids = new RememberingSids();
  rememberGiven(options.sids, surroundings.desired, sids);
  const clock = await orClose(store, () => clockFor(options, store, () => service.idle()));
  const service: TaskRouterService = await startTaskRouterService({
    ...credentials,
    ...settingsOf(options, surroundings),
    newSid: sids.next,
    clock,
    store,
    secrets: [credentials.operator.password],
  });
  return { service, credentials, sids };
}

type ServiceSettings = Omit<
  Parameters<typeof startTaskRouterService>[0],
  keyof Credentials | 'newSid' | 'clock' | 'store'
>;

function settingsOf(
  options: LocalOptions,
  { desired, progress, instance, reset }: Surroundings,
): ServiceSettings {
  const droppedLogLines = () => ({
    log: options.droppedLogLines?.() ?? 0,
    functions: progress.host?.droppedLines ?? 0,
  });
  return {
    host: options.host,
    publicUrl: options.publicUrl,
    port: options.taskrouterPort,
    log: options.apiLog,
    onFailure: options.onFailure,
    rateLimits: options.rateLimits,
    rewrites: options.rewrites,
    instance,
    page: readPage(path.join(options.packageRoot, 'dist', 'inspector')),
    localSignIn: options.operatorAuth ? undefined : connectionOwner(),
    functionsUrl: () => progress.functionsUrl,
    voiceUrl: () => progress.functionsUrl && `${progress.functionsUrl}/incoming-call`,
    suggestedMove: suggestedMove(desired),
    newMetrics: (sources) => new ServiceMetrics(sources, droppedLogLines),
    onReset: reset,
    ready: () => progress.isReady,
  };
}

/** The result of the work. Closes the store, and so releases its directory, if the work fails. */
async function orClose<Result>(store: Store, work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    await store.close();
    throw error;
  }
}

function clockFor(options: LocalOptions, store: Store, settled: () => Promise<void>): Clock {
  const { clock: mode = 'system', dataDirectory, onlyToReset: mayGoBack = false } = options;
  const warn = (message: string) => options.hostLog({ level: 'warn', message });
  return chooseClock({ mode, dataDirectory, lastTime: store.lastTime(), mayGoBack, settled, warn });
}
