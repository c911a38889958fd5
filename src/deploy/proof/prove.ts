import type { Twilio } from 'twilio';
import { DeploymentFailed } from '../deployment-failed';
import { requireProtectedCallback } from '../functions/deployed-build';
import type { FunctionsClient } from '../functions/functions-client';
import type { DeployTime } from '../poll-until';
import { Checks, type ProofCheck } from './checks';
import { makeProofObjects } from './objects';
import { ProofFailed } from './proof-failed';
import { proofName } from './proof-name';
import { chooseSeclusion } from './proof-safety';
import { removeAbandonedProofs, removeProof } from './removal';
import { takeTask } from './take-task';

export interface ProofNeeds {
  readonly client: Twilio;
  readonly workspaceSid: string;
  /** The deployed ones, with the operator's credentials. */
  readonly functions: FunctionsClient;
  readonly time: DeployTime;
  /** 16 hexadecimal digits by chance. */
  readonly newNonce: () => string;
  readonly onCheck?: (check: ProofCheck) => void;
  /** Gives the proof up; what it made is removed all the same. */
  readonly signal?: AbortSignal | undefined;
}

export interface ProofReport {
  readonly passed: boolean;
  readonly checks: readonly ProofCheck[];
  /** What failed, the likely cause and what to do; null when everything passed. */
  readonly failure: string | null;
  /** What could not be removed. */
  readonly notes: readonly string[];
}

/**
 * Takes one task from created to completed through the deployed Functions and the real TaskRouter. A task queue, a
 * workflow and a worker of its own match a nonce, so that no customer's task reaches the worker and no agent the proof.
 * Whatever comes, they are gone at the end.
 * @throws ConfigurationError when the worker could not be kept to itself; the signal's reason; whatever else is no
 *   failure of the deployment
 */
export async function prove(needs: ProofNeeds): Promise<ProofReport> {
  const workspace = needs.client.taskrouter.v1.workspaces(needs.workspaceSid);
  const name = proofName(needs.newNonce());
  const checks = new Checks(needs.time, needs.onCheck ?? (() => undefined));
  const notes = await removeAbandonedProofs(workspace, needs.time);
  const seclusion = await chooseSeclusion(workspace, name);
  let failure: string | null = null;
  try {
    needs.signal?.throwIfAborted();
    await checks.run(
      'Whoever is not Twilio is refused',
      () => requireProtectedCallback(needs.functions),
      (status) => `POST /assignment-callback without a signature: ${status}`,
    );
    const objects = await checks.run(
      'A queue, a workflow and a worker of its own',
      () => makeProofObjects(workspace, name, needs.functions.url, seclusion),
      ({ workerSid, taskChannel }) => (taskChannel ? `${workerSid} on ${taskChannel} alone` : workerSid),
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

/** @throws what is no failure of the deployment */
function explain(error: unknown): string {
  if (error instanceof ProofFailed) return `${error.message} ${error.remedy}`;
  if (error instanceof DeploymentFailed) return error.message;
  const { status, message } = error as { status?: unknown; message?: unknown };
  if (typeof status === 'number') return `TaskRouter answered ${status}: ${message}`;
  throw error;
}
