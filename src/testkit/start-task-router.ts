import tutorial from '../../workspace.json';
import { eventBridgeUrl } from '../common/event-bridge-url';
import { accountByToken } from '../system/twilio-account';
import type { VirtualClock } from '../system/virtual-clock';
import { makeToken } from '../taskrouter/http/make-token';
import { ownNumber } from '../taskrouter/voice/simulated-phone';
import { applyWorkspace } from '../workspace/apply/apply';
import { type DesiredWorkspace, readWorkspaceFile } from '../workspace/file/desired';
import { createLocalClient } from '../workspace/local-client';
import type {
  BegunWorkspace,
  startTaskRouter as Contract,
  RunningTaskRouter,
  TestKitOptions,
} from './contract';
import { reservationExplanation, taskExplanation, workerExplanation } from './explanations';
import { type Settings, settingsOf } from './options';
import { Records } from './records';
import { simulatedCall } from './simulated-call';
import { saveSnapshot, startFromSnapshot } from './snapshots';
import { type InProcess, startInProcess } from './start-in-process';
import { waitForStatus } from './wait-for';

/** Stands for the function that responds to callbacks; nothing is sent there. `.test` is reserved: RFC 2606. */
const inProcessUrl = 'http://functions.test';

/** Documented in contract.ts. */
export const startTaskRouter: typeof Contract = (async (options: TestKitOptions = {}) => {
  const settings = { ...settingsOf(options), voiceUrl: voiceUrlOf(options) };
  const { snapshot, respond } = options;
  const desired = snapshot === undefined ? desiredOf(options) : null;
  const instance = await (snapshot === undefined
    ? startInProcess({ ...settings, respond })
    : startFromSnapshot(snapshot, settings, options));
  const running = runningOf(instance, settings);
  try {
    const begun = desired ? await begin(running, desired, options) : begunBefore(instance);
    await instance.service.startCallbacks();
    return Object.assign(running, begun);
  } catch (error) {
    await running.close();
    throw error;
  }
}) as typeof Contract;

function desiredOf({ workspace }: TestKitOptions): DesiredWorkspace | null {
  if (workspace === undefined) return tutorial as DesiredWorkspace;
  if (typeof workspace === 'string') return readWorkspaceFile(workspace);
  // applyWorkspace checks its shape.
  return workspace as DesiredWorkspace | null;
}

async function begin(
  running: RunningTaskRouter,
  desired: DesiredWorkspace,
  options: TestKitOptions,
): Promise<BegunWorkspace> {
  const client = createLocalClient(accountByToken(running), running.url);
  const applied = await applyWorkspace({ client, desired, functionsUrl: functionsUrlOf(options) });
  client.close();
  const { workspaceSid, workflows, workers, taskQueues, activities } = applied;
  const workflowSid = workflows[desired.workflows[0]?.friendlyName ?? ''] ?? '';
  return { workspaceSid, workflowSid, workflows, workers, taskQueues, activities };
}

/** The workspace of a snapshot; null if there is none. */
function begunBefore({ service }: InProcess): BegunWorkspace | null {
  const { view } = service.taskRouter;
  const [workspace] = view.all('workspaces');
  if (!workspace) return null;
  const named = (table: 'workflows' | 'workers' | 'taskQueues' | 'activities') =>
    Object.fromEntries(
      [...view.all(table, workspace.sid)].map(({ sid, friendlyName }) => [friendlyName, sid]),
    );
  const [workflow] = view.all('workflows', workspace.sid);
  return {
    workspaceSid: workspace.sid,
    workflowSid: workflow?.sid ?? '',
    workflows: named('workflows'),
    workers: named('workers'),
    taskQueues: named('taskQueues'),
    activities: named('activities'),
  };
}

function functionsUrlOf({ functionsUrl, respond }: TestKitOptions): string | null {
  return functionsUrl?.replace(/\/+$/, '') ?? (respond ? inProcessUrl : null);
}

function voiceUrlOf(options: TestKitOptions): string | undefined {
  const url = functionsUrlOf(options);
  return url === null ? undefined : `${url}/incoming-call`;
}

function runningOf(instance: InProcess, { accountSid, authToken, apiKey }: Settings): RunningTaskRouter {
  const { service } = instance;
  const records = new Records(service);
  let closed: Promise<void> | null = null;
  const requireOpen = () => {
    if (closed) throw new Error('This local TaskRouter is closed.');
  };
  return {
    url: service.url,
    accountSid,
    authToken,
    apiKeySid: apiKey.sid,
    apiKeySecret: apiKey.secret,
    eventBridgeUrl: eventBridgeUrl(service.url),
    get client() {
      return instance.client;
    },
    workerToken(worker, options = {}) {
      const { view, clock } = service.taskRouter;
      return makeToken(view, { accountSid, apiKey }, clock.now(), { worker, ...options }).token;
    },
    now: () => new Date(service.taskRouter.clock.now()),
    async advance(seconds) {
      requireOpen();
      await virtualClock(instance).advance(milliseconds(seconds));
    },
    async advanceToNext() {
      requireOpen();
      const time = await virtualClock(instance).advanceToNext();
      return time === null ? null : new Date(time);
    },
    async waitFor(taskSid, status, { timeoutSeconds } = {}) {
      const workspaceSid = await waitForStatus(instance, records, { taskSid, status, timeoutSeconds });
      return instance.client.taskrouter.v1.workspaces(workspaceSid).tasks(taskSid).fetch();
    },
    async call({ speech = [], ...wanted }) {
      requireOpen();
      const texts = typeof speech === 'string' ? [speech] : speech;
      return simulatedCall(
        service.phone,
        await service.phone.call({ to: ownNumber, ...wanted, speech: texts }),
      );
    },
    calls: () => service.phone.calls.list().map((call) => simulatedCall(service.phone, call)),
    explain: (taskSid) => taskExplanation(service.taskRouter, taskSid),
    explainWorker: (workerSid) => workerExplanation(service.taskRouter, workerSid),
    explainReservation: (reservationSid) => reservationExplanation(service.taskRouter, reservationSid),
    callbacks: (filter) => records.callbacks(filter),
    events: (filter) => records.events(filter),
    saveSnapshot: (file) => saveSnapshot(service, file),
    close() {
      closed ??= instance.close();
      return closed;
    },
  };
}

function virtualClock({ clock }: InProcess): VirtualClock {
  if (clock) return clock;
  throw new Error("Only a virtual clock can be advanced. Remove clock: 'system'.");
}

/** @throws TypeError for anything but a number, RangeError for a negative one */
function milliseconds(seconds: number): number {
  if (!Number.isFinite(seconds)) throw new TypeError(`advance requires a number of seconds, not ${seconds}`);
  if (seconds < 0) throw new RangeError(`advance requires 0 seconds or more, not ${seconds}`);
  return seconds * 1000;
}
