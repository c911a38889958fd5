import type { StepContext } from './step';
import { findWorker } from './worker-lookup';

interface WorkerTokenParameters {
  /** Sid or name. */
  readonly worker: string;
}

interface WorkerTokenResponse {
  readonly token: string;
  readonly worker_sid: string;
  readonly worker_name: string;
  readonly workspace_sid: string;
  /** ISO 8601. */
  readonly expires_at: string;
  /** The `ebServer` of the local TaskRouter; null for Twilio's, which the SDK finds by itself. */
  readonly event_bridge_url: string | null;
}

/** Makes a token for a worker. Whoever has it can act as this worker, and only as this one, until it expires. */
export async function workerToken(
  { workspace, signWorkerToken, settings }: StepContext,
  { worker: wanted }: WorkerTokenParameters,
): Promise<WorkerTokenResponse> {
  const { sid, friendlyName, workspaceSid } = await findWorker(workspace, wanted);
  const { token, expiresAt } = signWorkerToken({ workspaceSid, workerSid: sid, identity: friendlyName });
  return {
    token,
    worker_sid: sid,
    worker_name: friendlyName,
    workspace_sid: workspaceSid,
    expires_at: expiresAt.toISOString(),
    event_bridge_url: settings.eventBridgeUrl ?? null,
  };
}
