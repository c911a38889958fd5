import tutorial from '../../workspace.json';
import type { VirtualClock } from '../system/virtual-clock';
import { type AppliedWorkspace, applyWorkspace } from '../workspace/apply/apply';
import { type DesiredWorkspace, readWorkspaceFile } from '../workspace/file/desired';
import type {
  BegunWorkspace,
  startTaskRouter as Contract,
  RunningTaskRouter,
  TestKitOptions,
} from './contract';
import { type Settings, settingsOf } from './options';
import { Records } from './records';
import { type InProcess, startInProcess } from './start-in-process';
import { waitForStatus } from './wait-for';

/** Where callbacks go that a function answers; nothing is sent there. `.test` is reserved: RFC 2606. */
const answeredUrl = 'http://functions.test';

/** See the contract. */
export const startTaskRouter: typeof Contract = (async (options: TestKitOptions = {}) => {
  const settings = settingsOf(options);
  const desired = desiredOf(options);
  const { answer } = options;
  const instance = await startInProcess({
    ...settings,
    respond: answer,
  });
  const running = runningOf(instance, settings);
  try {
    const begun = desired && (await begin(instance, desired, options));
    await instance.service.startCallbacks();
    return { ...running, ...begun };
  } catch (error) {
    await running.close();
    throw error;
  }
}) as typeof Contract;

function desiredOf({ workspace }: TestKitOptions): DesiredWorkspace | null {
  if (workspace === undefined) return tutorial as DesiredWorkspace;
  if (typeof workspace === 'string') return readWorkspaceFile(workspace);
  // Whatever it is, it is checked when it is applied.
  return workspace as DesiredWorkspace | null;
}

async function begin(
  { client }: InProcess,
  desired: DesiredWorkspace,
  { functionsUrl, answer }: TestKitOptions,
): Promise<BegunWorkspace> {
  const url = functionsUrl?.replace(/\/+$/, '') ?? (answer ? answeredUrl : null);
  const applied: AppliedWorkspace = await applyWorkspace({ client, desired, functionsUrl: url });
  const { workspaceSid, workflows, workers, taskQueues, activities } = applied;
  const workflowSid = workflows[desired.workflows[0]?.friendlyName ?? ''] ?? '';
  return { workspaceSid, workflowSid, workflows, workers, taskQueues, activities };
}

function runningOf(instance: InProcess, { accountSid, authToken }: Settings): RunningTaskRouter {
  const { service, client } = instance;
  const records = new Records(service);
  let closed: Promise<void> | null = null;
  return {
    url: service.url,
    accountSid,
    authToken,
    client,
    now: () => new Date(service.taskRouter.clock.now()),
    async advance(seconds) {
      if (!Number.isFinite(seconds) || seconds < 0)
        throw new TypeError(`advance takes seconds, and got ${seconds}`);
      if (closed) throw new Error('This local TaskRouter is closed.');
      await movable(instance.clock).advance(seconds * 1000);
    },
    async advanceToNext() {
      const time = await movable(instance.clock).advanceToNext();
      return time === null ? null : new Date(time);
    },
    async waitFor(taskSid, status, { timeoutSeconds } = {}) {
      const workspaceSid = await waitForStatus(instance, records, { taskSid, status, timeoutSeconds });
      return client.taskrouter.v1.workspaces(workspaceSid).tasks(taskSid).fetch();
    },
    callbacks: (filter) => records.callbacks(filter),
    events: (filter) => records.events(filter),
    close() {
      closed ??= instance.close();
      return closed;
    },
  };
}

function movable(clock: VirtualClock | null): VirtualClock {
  if (clock) return clock;
  throw new Error("Only a virtual clock can be advanced: leave clock: 'system' out.");
}
