import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';

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
  /** The inspector of the local TaskRouter; undefined for Twilio's own. */
  readonly inspectorUrl?: string;
}

/** What every step gets: the workspace through the Twilio client, and the settings. */
export interface StepContext {
  readonly workspace: WorkspaceContext;
  readonly settings: StepSettings;
}

/** One step of the lifecycle. It resolves to the body of the response; it throws LifecycleError or the client's error. */
export type Step<Parameters> = (context: StepContext, parameters: Parameters) => Promise<object>;
