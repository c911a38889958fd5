import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';

/** The largest page TaskRouter gives: https://www.twilio.com/docs/usage/twilios-response */
export const largestPage = 1000;

/** The settings of the steps, from the environment of the Functions. */
export interface StepSettings {
  /** The workflow of new tasks when the request names none. */
  readonly workflowSid?: string;
  /** JSON text: the attributes of a task when the request has no parameters. */
  readonly defaultTaskAttributes?: string;
  /** The hash of the deployed sources. */
  readonly build: string;
  /** The page's polling interval, in ms. */
  readonly pollAfterMs: number;
  /** What is wrong with the settings of the assignment callback, one sentence each. */
  readonly configurationErrors: () => readonly string[];
  /** The inspector of the local TaskRouter; undefined for Twilio's own. */
  readonly inspectorUrl?: string;
  /** The event bridge of the local TaskRouter; undefined for Twilio's own. */
  readonly eventBridgeUrl?: string;
}

/** An alert of the local TaskRouter about a task, with the field names of its control API. */
export interface TaskAlert {
  readonly id: number;
  readonly task_sid: string;
  /** Twilio's error code; null for a warning that only the local TaskRouter has. */
  readonly code: number | null;
  readonly level: 'error' | 'warning';
  /** What happened, without the period. */
  readonly detail: string;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
  readonly date: string;
  readonly date_ms: number;
}

/** Reads the alerts of the local TaskRouter. */
export interface LocalAlerts {
  /** About one task, or about all tasks of the workspace; newest first. */
  ofTasks(taskSid: string | undefined): Promise<readonly TaskAlert[]>;
  /** What lint finds in the workspace file, one sentence each with how to read more. */
  ofWorkspaceFile(): Promise<readonly string[]>;
}

/**
 * Why a task (WT…) waits, or why a worker (WK…) is offered nothing, as the local TaskRouter's control API explains it;
 * null for Twilio's own TaskRouter.
 * @throws {LifecycleError} `task_not_found`, `worker_not_found`, or that TaskRouter cannot be reached.
 */
export type Explain = (sid: string) => Promise<object | null>;

/** Whom a token of the worker SDK is for. */
interface WorkerGrant {
  readonly workspaceSid: string;
  readonly workerSid: string;
  readonly identity: string;
}

/** Signs a token of the worker SDK. @throws {LifecycleError} `configuration` without an API key */
export type SignWorkerToken = (grant: WorkerGrant) => { readonly token: string; readonly expiresAt: Date };

/**
 * What every step gets: the workspace through the Twilio client, what only the local TaskRouter has, the tokens for
 * workers, and the settings.
 */
export interface StepContext {
  readonly workspace: WorkspaceContext;
  readonly alerts: LocalAlerts;
  readonly explain: Explain;
  readonly signWorkerToken: SignWorkerToken;
  readonly settings: StepSettings;
}

/** One step of the lifecycle. It resolves to the body of the response; it throws LifecycleError or the client's error. */
export type Step<Parameters> = (context: StepContext, parameters: Parameters) => Promise<object>;
