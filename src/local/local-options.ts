import type { FunctionsProject } from '../host/build/functions-project';
import type { HostLog } from '../host/functions-host';
import type { ClockMode } from '../system/choose-clock';
import type { CredentialOverrides } from '../system/credentials';
import type { ApiLog } from '../taskrouter/http/options';
import type { Rewrite } from '../taskrouter/webhooks/http-transport';

export interface LocalOptions {
  /** Where this program's own `dist/` is; absolute. */
  readonly packageRoot: string;
  /** 0 = a free one, here and below. */
  readonly port: number;
  readonly taskrouterPort: number;
  readonly host: string;
  /** The origin on the internet at which a tunnel forwards to this computer. */
  readonly publicUrl?: string | undefined;
  /** Null keeps everything in memory. */
  readonly dataDirectory: string | null;
  readonly workspaceFile: string;
  /** Requires the operator's password on loopback too. */
  readonly operatorAuth: boolean;
  /** The Functions that are run here. Without them callbacks go to `functionsUrl`, if there is one. */
  readonly functions: FunctionsProject | null;
  readonly functionsUrl?: string | undefined;
  /** Twilio's hosts that another project's Functions may reach, in lower case; default: none. */
  readonly passedHosts?: readonly string[];
  /** Of the Functions; default `.env`. */
  readonly environmentFile?: string | undefined;
  /** Whether the local TaskRouter enforces the documented rate limits. */
  readonly rateLimits?: boolean;
  /** Where callbacks for other origins go. */
  readonly rewrites?: readonly Rewrite[] | undefined;
  readonly watch: boolean;
  readonly config: CredentialOverrides;
  /** For the workspace of the file and its main workflow, if they are new; default: new sids. */
  readonly sids?: { readonly workspaceSid?: string | undefined; readonly workflowSid?: string | undefined };
  /** Default: the system clock. A virtual clock stands still until it is advanced. */
  readonly clock?: ClockMode;
  /** Opens the state only to reset it, even when it is ahead of this computer's clock. */
  readonly onlyToReset?: boolean;
  readonly hostLog: HostLog;
  readonly apiLog: ApiLog;
  readonly onFailure: (failure: Error) => void;
  /** The number of log lines dropped so far because nobody read them in time, for `/metrics`; default: 0. */
  readonly droppedLogLines?: () => number;
}
