import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';

/** What the environment of the Functions decides for the steps. */
export interface StepSettings {
  /** The workflow of new tasks when the request names none. */
  readonly workflowSid?: string;
  /** JSON text: the attributes of a task when the request says nothing at all. */
  readonly defaultTaskAttributes?: string;
  /** Which build of the sources answers. */
  readonly build: string;
  /** How long the page waits before it asks again, in ms. */
  readonly pollAfterMs: number;
  /** The page of the local TaskRouter that is asked; undefined where Twilio's own is. */
  readonly inspectorUrl?: string;
}

/** What every step is given: the workspace through the Twilio client, and the settings. */
export interface StepContext {
  readonly workspace: WorkspaceContext;
  readonly settings: StepSettings;
}

/** One step of the lifecycle: it resolves to the body of the answer, or throws a LifecycleError or the client's. */
export type Step<Parameters> = (needs: StepContext, parameters: Parameters) => Promise<object>;
