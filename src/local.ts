import path from 'node:path';
import { type SuggestedMove, suggestedMove } from './common/suggested-move';
import { doctorRemedy, doctorSummary } from './doctor/summary';
import { type FunctionsProject, hasRootAsset } from './host/build/functions-project';
import {
  type FunctionsHost,
  type FunctionsHostOptions,
  type HostLog,
  startFunctionsHost,
} from './host/functions-host';
import { rememberNames } from './remember-names';
import { type ClockMode, chooseClock } from './system/choose-clock';
import type { Clock } from './system/clock';
import {
  type CredentialOverrides,
  type Credentials,
  keepCredentials,
  makeCredentials,
} from './system/credentials';
import { RememberingSids, randomSid } from './system/ids';
import { keepNames, type NamedSids, readKeptNames } from './system/kept-names';
import { connectionOwner } from './system/own-connection';
import type { RunRecord } from './system/run-record';
import { accountByToken } from './system/twilio-account';
import { findingsOf } from './taskrouter/control/doctor';
import { readPage } from './taskrouter/control/inspector-page';
import type { ApiLog } from './taskrouter/http/options';
import { ServiceMetrics } from './taskrouter/metrics/service-metrics';
import { sidPrefix } from './taskrouter/model/sids';
import { startTaskRouterService, type TaskRouterService } from './taskrouter/start';
import { openDataDirectory } from './taskrouter/store/data-directory';
import { MemoryStore } from './taskrouter/store/memory';
import type { Store } from './taskrouter/store/store';
import type { Rewrite } from './taskrouter/webhooks/http-transport';
import { startUnmodifiedFunctions } from './unmodified-functions';
import { type AppliedWorkspace, applyWorkspace } from './workspace/apply/apply';
import { type DesiredWorkspace, readWorkspaceFile } from './workspace/file/desired';
import { lintNote, lintRemedy, lintSummary } from './workspace/file/lint';
import { createLocalClient } from './workspace/local-client';

interface LocalOptions {
  /** Where this program's own `dist/` is; absolute. */
  readonly packageRoot: string;
  /** 0 = a free one, here and below. */
  readonly port: number;
  readonly taskrouterPort: number;
  readonly host: string;
  /** The origin on the internet at which a tunnel forwards to this computer. */
  readonly publicUrl?: string | undefined;
  /** Null keeps everything in memory. */
  readonly dataDirectory: string | null;
  readonly workspaceFile: string;
  /** Requires the operator's password on loopback too. */
  readonly operatorAuth: boolean;
  /** The Functions that are run here. Without them callbacks go to `functionsUrl`, if there is one. */
  readonly functions: FunctionsProject | null;
  readonly functionsUrl?: string | undefined;
  /** Twilio's hosts that another project's Functions may reach, in lower case; default: none. */
  readonly passedHosts?: readonly string[];
  /** Of the Functions; default `.env`. */
  readonly environmentFile?: string | undefined;
  /** Whether the local TaskRouter enforces the documented rate limits. */
  readonly rateLimits?: boolean;
  /** Where callbacks for other origins go. */
  readonly rewrites?: readonly Rewrite[] | undefined;
  readonly watch: boolean;
  readonly config: CredentialOverrides;
  /** For the workspace of the file and its main workflow, if they are new; default: new sids. */
  readonly sids?: { readonly workspaceSid?: string | undefined; readonly workflowSid?: string | undefined };
  /** Default: the system clock. A virtual clock stands still until it is advanced. */
  readonly clock?: ClockMode;
  /** Opens the state only to reset it, even when it is ahead of this computer's clock. */
  readonly onlyToReset?: boolean;
  readonly hostLog: HostLog;
  readonly apiLog: ApiLog;
  readonly onFailure: (failure: Error) => void;
  /** The number of log lines dropped so far because nobody read them in time, for `/metrics`; default: 0. */
  readonly droppedLogLines?: () => number;
}

/** Everything running on this computer: the local TaskRouter, the workspace in it, and the Functions. */
export interface Local {
  readonly run: RunRecord;
  readonly credentials: Credentials;
  /** What the workspace file contains and TaskRouter cannot do, one sentence each. */
  readonly notes: readonly string[];
  /** Whether there are tasks of an earlier run. */
  readonly continued: boolean;
  /** What to do once a task waits; null if the workspace file has no such worker or activity. */
  readonly suggestedMove: SuggestedMove | null;
  readonly service: TaskRouterService;
  readonly host: FunctionsHost | null;
  /** Where the lifecycle page is; null if no Functions run here, or if their project has a page of its own there. */
  readonly lifecyclePageUrl: string | null;
  /** Back to the workspace file: tasks, reservations and events are gone, workers are as written. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The composition root: picks clock, sids, store and ports, and starts the parts in the order in which they need each
 * other. The Functions need the workspace's sids, the workspace the Functions' URL: so the workspace is applied
 * without URLs first, and its callbacks are pointed at the Functions once these respond.
 * @throws WorkspaceFileError, StoreUnavailable, ConfigurationError, or an Error with `code` EADDRINUSE
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const desired = readWorkspaceFile(options.workspaceFile);
  const { dataDirectory, config } = options;
  const notify = (message: string) => options.hostLog({ level: 'warn', message });
  const store = dataDirectory ? openDataDirectory(dataDirectory, { notify }) : new MemoryStore();
  const credentials = await orClose(store, () =>
    dataDirectory ? keepCredentials(dataDirectory, config) : makeCredentials(config),
  );
  const ownsConnection = connectionOwner();
  const sids = new RememberingSids();
  rememberGiven(options.sids, desired, sids);
  const clock = await orClose(store, () => clockFor(options, store, () => service.idle()));
  let isReady = false;
  let functionsUrl: string | null = null;
  let host: FunctionsHost | null = null;
  const droppedLogLines = () => ({
    log: options.droppedLogLines?.() ?? 0,
    functions: host?.droppedLines ?? 0,
  });
  const instance = randomSid('');
  const service: TaskRouterService = await startTaskRouterService({
    ...credentials,
    newSid: sids.next,
    clock,
    store,
    host: options.host,
    publicUrl: options.publicUrl,
    port: options.taskrouterPort,
    log: options.apiLog,
    onFailure: options.onFailure,
    rateLimits: options.rateLimits,
    rewrites: options.rewrites,
    instance,
    page: readPage(path.join(options.packageRoot, 'dist', 'inspector')),
    localSignIn: options.operatorAuth ? undefined : ownsConnection,
    functionsUrl: () => functionsUrl,
    voiceUrl: () => functionsUrl && `${functionsUrl}/incoming-call`,
    suggestedMove: suggestedMove(desired),
    secrets: [credentials.operator.password],
    newMetrics: (sources) => new ServiceMetrics(sources, droppedLogLines),
    onReset: () => resetInTurn(),
    ready: () => isReady,
  });
  const client = createLocalClient(accountByToken(credentials), service.url);
  const apply = (functionsUrl: string | null) => applyWorkspace({ client, desired, functionsUrl });
  const problems = lintSummary(desired);
  const continued = [...service.taskRouter.view.all('tasks')].length > 0;
  /** By their names in the workspace file, as this run showed them or, if it only resets, the last one. */
  let named: NamedSids | null = null;

  let lastReset: Promise<void> = Promise.resolve();

  /** One reset after another: two at the same time would each see the other's service that is not ready. */
  function resetInTurn(): Promise<void> {
    const next = lastReset.then(reset);
    lastReset = next.catch(() => undefined);
    return next;
  }

  async function reset(): Promise<void> {
    const wasReady = isReady;
    isReady = false;
    try {
      if (named) rememberNames(service.taskRouter.view, sids, desired.friendlyName, named);
      await service.clear();
      named = await apply(functionsUrl ?? '');
      recordSummaries('lint', problems, lintRemedy, service, named.workspaceSid);
    } finally {
      isReady = wasReady;
    }
  }

  async function close(): Promise<void> {
    isReady = false;
    // Receivers close last: requests in flight finish, and unsent callbacks stay in the outbox.
    await service.stopCallbacks();
    await host?.close();
    client.close();
    await service.close();
  }

  try {
    const applied = await apply(null);
    named = (options.onlyToReset && dataDirectory && readKeptNames(dataDirectory)) || applied;
    if (!options.onlyToReset && dataDirectory) keepNames(dataDirectory, applied);
    if (options.functions) {
      const hostLog = withAlerts(options.hostLog, service, applied.workspaceSid);
      host = await startFunctions(
        { ...options, functions: options.functions, hostLog },
        credentials,
        service.url,
        applied,
        desired,
      );
    }
    functionsUrl = host?.url ?? options.functionsUrl ?? null;
    const { notes } = await apply(functionsUrl ?? '');
    const stuck = doctorSummary(await findingsOf(service));
    recordSummaries('lint', problems, lintRemedy, service, applied.workspaceSid);
    recordSummaries('doctor', stuck, doctorRemedy, service, applied.workspaceSid);
    await service.startCallbacks();
    isReady = true;
    const run: RunRecord = {
      instance,
      functionsUrl,
      taskrouterUrl: service.url,
      accountSid: credentials.accountSid,
      workspaceSid: applied.workspaceSid,
      workflowSid: mainWorkflow(desired, applied),
      workers: applied.workers,
      taskQueues: applied.taskQueues,
      activities: applied.activities,
    };
    return {
      run,
      credentials,
      notes: [...notes, ...problems.map(lintNote), ...stuck.map((each) => `${each}. ${doctorRemedy}`)],
      continued,
      suggestedMove: suggestedMove(desired),
      service,
      host,
      lifecyclePageUrl: host && hasLifecyclePage(options) ? `${host.url}/` : null,
      reset: resetInTurn,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function rememberGiven(
  { workspaceSid, workflowSid }: NonNullable<LocalOptions['sids']> = {},
  { friendlyName, workflows: [main] }: DesiredWorkspace,
  sids: RememberingSids,
): void {
  if (workspaceSid) sids.remember(sidPrefix.workspace, friendlyName, workspaceSid);
  if (workflowSid && main) sids.remember(sidPrefix.workflow, main.friendlyName, workflowSid);
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

/** What this run is (sids, credentials, address) is given to the Functions here; the rest comes from `.env`. */
function startFunctions(
  options: LocalOptions & { readonly functions: FunctionsProject },
  credentials: Credentials,
  taskrouterUrl: string,
  applied: AppliedWorkspace,
  desired: DesiredWorkspace,
): Promise<FunctionsHost> {
  const { packageRoot, functions } = options;
  const workflowSid = mainWorkflow(desired, applied) ?? '';
  const isOurs = functions.projectRoot === packageRoot;
  const start = isOurs
    ? startFunctionsHost
    : (each: FunctionsHostOptions) =>
        startUnmodifiedFunctions(each, {
          serviceUrl: taskrouterUrl,
          packageRoot,
          passed: options.passedHosts ?? [],
        });
  return start({
    ...functions,
    // Our own Functions already are the lifecycle's.
    lifecycle: isOurs ? undefined : { root: packageRoot },
    childScript: path.join(packageRoot, 'dist', 'cli', 'functions-child.js'),
    port: options.port,
    host: options.host,
    publicUrl: options.publicUrl,
    environment: {
      ACCOUNT_SID: credentials.accountSid,
      AUTH_TOKEN: credentials.authToken,
      TASKROUTER_BASE_URL: taskrouterUrl,
      WORKSPACE_SID: applied.workspaceSid,
      WORKFLOW_SID: workflowSid,
      // The tutorial's names. In somebody's .env, they are those of a workspace on Twilio.
      TWILIO_WORKSPACE_SID: applied.workspaceSid,
      TWILIO_WORKFLOW_SID: workflowSid,
      API_KEY_SID: credentials.apiKey.sid,
      API_KEY_SECRET: credentials.apiKey.secret,
      OPERATOR_USERNAME: credentials.operator.username,
      OPERATOR_PASSWORD: credentials.operator.password,
    },
    environmentDefaults: {
      DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
      REJECT_ACTIVITY_SID: applied.activities.Offline ?? '',
    },
    ...(options.environmentFile !== undefined && { environmentFile: options.environmentFile }),
    authToken: credentials.authToken,
    operator: options.operatorAuth ? null : credentials.operator,
    log: options.hostLog,
    watch: options.watch,
  });
}

/** Source: https://www.twilio.com/docs/api/errors/82005, which Twilio raises for each console.error of a Function. */
const functionError = 82005;
/** Characters. Our choice: a stack is in the terminal. */
const maxDetailLength = 300;

const hasLifecyclePage = ({ functions, packageRoot }: LocalOptions): boolean =>
  functions !== null && (functions.projectRoot === packageRoot || !hasRootAsset(functions));

/** Each error that a Function logs is an alert, too, as in Twilio's debugger. */
function withAlerts(
  log: HostLog,
  { alertLog, taskRouter }: TaskRouterService,
  workspaceSid: string,
): HostLog {
  return (entry) => {
    log(entry);
    if (entry.level !== 'error' || entry.file === undefined) return;
    const [line = ''] = entry.message.split('\n');
    alertLog.add({
      code: functionError,
      level: 'error',
      source: 'function',
      at: taskRouter.clock.now(),
      workspaceSid,
      resourceSid: workspaceSid,
      detail: `${entry.file}: ${line.slice(0, maxDetailLength)}`,
    });
  };
}

/** The inspector shows next to the alerts of Twilio's debugger what lint and doctor find. */
function recordSummaries(
  source: 'lint' | 'doctor',
  details: readonly string[],
  remedy: string,
  { alertLog, taskRouter }: TaskRouterService,
  workspaceSid: string,
): void {
  for (const detail of details)
    alertLog.add({
      code: null,
      level: 'warning',
      source,
      at: taskRouter.clock.now(),
      workspaceSid,
      resourceSid: workspaceSid,
      detail,
      remedy,
    });
}

/** New tasks go to the first workflow of the file. */
function mainWorkflow(desired: DesiredWorkspace, applied: AppliedWorkspace): string | null {
  const [first] = desired.workflows;
  return (first && applied.workflows[first.friendlyName]) ?? null;
}
