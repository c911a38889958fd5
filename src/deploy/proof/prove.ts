import type { Twilio } from 'twilio';
import { DeploymentFailed } from '../deployment-failed';
import { requireProtectedCallback } from '../functions/deployed-build';
import type { FunctionsClient } from '../functions/functions-client';
import type { DeployTime } from '../poll-until';
import { Checks, type ProofCheck, ProofFailed } from './checks';
import { chooseIsolation, createProofObjects, proofName } from './objects';
import { removeAbandonedProofs, removeProof } from './removal';
import { takeTask } from './take-task';

export interface ProofNeeds {
  readonly client: Twilio;
  readonly workspaceSid: string;
  /** The deployed Functions, called as the operator. */
  readonly functions: FunctionsClient;
  readonly time: DeployTime;
  /** Returns 16 random hexadecimal digits. */
  readonly newNonce: () => string;
  readonly onCheck?: (check: ProofCheck) => void;
  /** Stops the proof. What it created is still removed. */
  readonly signal?: AbortSignal | undefined;
}

export interface ProofReport {
  readonly passed: boolean;
  readonly checks: readonly ProofCheck[];
  /** What failed, the likely cause, and what to do; null when every check passed. */
  readonly failure: string | null;
  /** What could not be removed. */
  readonly notes: readonly string[];
}

/**
 * Takes one task from created to completed through the deployed Functions and TaskRouter. Its own task queue, workflow,
 * and worker match a nonce, so the worker receives no customer's task and no agent receives the proof's task. They are
 * always removed at the end.
 * @throws ConfigurationError when the worker cannot be isolated; the signal's reason; any error that is not a failure of
 *   the deployment
 */
export async function prove(needs: ProofNeeds): Promise<ProofReport> {
  const workspace = needs.client.taskrouter.v1.workspaces(needs.workspaceSid);
  const name = proofName(needs.newNonce());
  const checks = new Checks(needs.time, needs.onCheck ?? (() => undefined));
  const notes = await removeAbandonedProofs(workspace, needs.time);
  const isolation = await chooseIsolation(workspace, name);
  let failure: string | null = null;
  try {
    needs.signal?.throwIfAborted();
    await checks.run(
      'Unsigned requests refused',
      () => requireProtectedCallback(needs.functions),
      (status) => `POST /assignment-callback without a signature: ${status}`,
    );
    const objects = await checks.run(
      'Task queue, workflow, and worker created',
      () => createProofObjects(workspace, name, needs.functions.url, isolation),
      ({ workerSid, taskChannel }) => (taskChannel ? `${workerSid}, only on ${taskChannel}` : workerSid),
    );
    const { functions, time, signal } = needs;
    await takeTask({ workspace, functions, name, objects, time, signal }, checks);
  } catch (error) {
    failure = explain(error);
  } finally {
    notes.push(...(await removeProof(workspace, name, needs.time)));
  }
  return { passed: failure === null, checks: checks.done, failure, notes };
}

/** @throws the error when it is not a failure of the deployment */
function explain(error: unknown): string {
  if (error instanceof ProofFailed) return `${error.message} ${error.remedy}`;
  if (error instanceof DeploymentFailed) return error.message;
  const { status, message } = error as { status?: unknown; message?: unknown };
  if (typeof status === 'number') return `TaskRouter returned ${status}: ${message}`;
  throw error;
}
