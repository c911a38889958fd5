import type { Twilio } from 'twilio';
import type { Dispatcher } from 'undici';
import type { DeployTime } from './poll-until';
import type { Preparation } from './preparation';
import type { Confirm } from './target/take-over';
import type { Upload } from './upload/upload';

/** When to prove a deployment: in a workspace created from this folder, in any workspace, or never. */
type ProveWhen = 'ours' | 'always' | 'never';

/** Receives what a deployment reports while it runs. */
export interface Progress {
  /** The next stage begins. */
  stage(title: string): void;
  /** A detail of the current stage. */
  say(line: string): void;
  /** A line that needs attention. */
  warn(line: string): void;
}

export interface DeployOptions {
  readonly client: Twilio;
  readonly preparation: Preparation;
  /** The environment of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** The domain suffix; empty for production. */
  readonly suffix: string;
  readonly prove: ProveWhen;
  /** Called before a deployment replaces a Service that was not deployed from this folder. */
  readonly confirm: Confirm;
  readonly progress: Progress;
  readonly time: DeployTime;
  /** Uploads the build: `uploadWithTwilioRun`, except in tests. */
  readonly upload: Upload;
  /** Creates the dispatcher for requests to the deployed Functions. The deployment closes it. */
  readonly newDispatcher: () => Dispatcher;
  readonly signal?: AbortSignal | undefined;
}
