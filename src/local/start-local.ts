import { type SuggestedMove, suggestedMove } from '../common/suggested-move';
import type { FunctionsHost } from '../host/functions-host';
import type { Credentials } from '../system/credentials';
import { randomSid } from '../system/ids';
import { keepNames, readKeptNames } from '../system/kept-names';
import type { RunRecord } from '../system/run-record';
import { accountByToken } from '../system/twilio-account';
import type { TaskRouterService } from '../taskrouter/start';
import type { AppliedWorkspace } from '../workspace/apply/apply';
import { readWorkspaceFile } from '../workspace/file/desired';
import { createLocalClient } from '../workspace/local-client';
import { hasLifecyclePage, mainWorkflow, startLocalFunctions } from './local-functions';
import type { LocalOptions } from './local-options';
import { LocalWorkspace } from './local-workspace';
import { openService } from './open-service';
import type { Progress } from './progress';
import { functionErrorsAsAlerts } from './record-alerts';

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
  const progress: Progress = { isReady: false, functionsUrl: null, host: null };
  const instance = randomSid('');
  const reset = () => workspace.reset();
  const opened = await openService(options, { desired, progress, instance, reset });
  const { service, credentials } = opened;
  const client = createLocalClient(accountByToken(credentials), service.url);
  const workspace = new LocalWorkspace({ ...opened, desired, client, progress });
  const continued = service.taskRouter.view.count('tasks') > 0;

  async function close(): Promise<void> {
    progress.isReady = false;
    // Receivers close last: requests in flight finish, and unsent callbacks stay in the outbox.
    await service.stopCallbacks();
    await progress.host?.close();
    client.close();
    await service.close();
  }

  try {
    const applied = await applyFirst(options, workspace);
    const { functions, hostLog: log } = options;
    if (functions) {
      const hostLog = functionErrorsAsAlerts(log, service, applied.workspaceSid);
      const own = { ...options, functions, hostLog };
      progress.host = await startLocalFunctions(own, credentials, service.url, applied, desired);
    }
    progress.functionsUrl = progress.host?.url ?? options.functionsUrl ?? null;
    const { notes } = await workspace.apply(progress.functionsUrl ?? '');
    const findings = await workspace.check(applied);
    await service.startCallbacks();
    progress.isReady = true;
    const { host, functionsUrl } = progress;
    return {
      run: {
        instance,
        functionsUrl,
        taskrouterUrl: service.url,
        accountSid: credentials.accountSid,
        workspaceSid: applied.workspaceSid,
        workflowSid: mainWorkflow(desired, applied),
        workers: applied.workers,
        taskQueues: applied.taskQueues,
        activities: applied.activities,
      },
      credentials,
      notes: [...notes, ...findings],
      continued,
      suggestedMove: suggestedMove(desired),
      service,
      host,
      lifecyclePageUrl: host && hasLifecyclePage(options) ? `${host.url}/` : null,
      reset,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The workspace without callbacks. Its names are kept for a later reset. */
async function applyFirst(
  { dataDirectory, onlyToReset }: LocalOptions,
  workspace: LocalWorkspace,
): Promise<AppliedWorkspace> {
  const applied = await workspace.apply(null);
  workspace.rememberAs((onlyToReset && dataDirectory && readKeptNames(dataDirectory)) || applied);
  if (!onlyToReset && dataDirectory) keepNames(dataDirectory, applied);
  return applied;
}
