import type { Twilio } from 'twilio';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';

// The declarations that users of the package get, word for word: this file is copied into the build. So it holds types
// alone, and imports from `twilio` alone.

/** A request that TaskRouter makes: an assignment callback, or an event callback. */
export interface CallbackRequest {
  readonly kind: 'assignment' | 'event';
  /** Which of a Workflow's two callback URLs it goes to; events have a primary one only. */
  readonly role: 'primary' | 'fallback';
  readonly url: string;
  /** With `X-Twilio-Signature` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The answer to a callback; an object as body is sent as JSON. Status 200 unless it says otherwise. */
export interface CallbackResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

export interface TestKitOptions {
  /**
   * `virtual` (default) stands still until `advance`, `advanceToNext` or `waitFor` moves it; `system` is the
   * computer's own.
   */
  readonly clock?: 'virtual' | 'system';
  /** Where a virtual clock begins; default 2026-01-31T12:00:00Z, so that two runs are alike. */
  readonly now?: Date | string;
  /** What all sids and credentials are made from; default 0. The same seed gives the same ones. */
  readonly seed?: number | string;
  /** AC and 32 hexadecimal digits. */
  readonly accountSid?: string;
  readonly authToken?: string;
  /** SK and 32 hexadecimal digits; signs in with `apiKeySecret` wherever account SID and auth token do. */
  readonly apiKeySid?: string;
  readonly apiKeySecret?: string;
  /** Default a free one. */
  readonly port?: number;
  /**
   * The workspace to begin with: the path of a workspace file, or what such a file holds. Default the tutorial's:
   * Alice and Bob, both Offline, and a Workflow for tasks in Spanish and English. Null for none.
   */
  readonly workspace?: string | object | null;
  /** What `${FUNCTIONS_URL}` stands for in the workspace; without it and without `respond` no such callback is sent. */
  readonly functionsUrl?: string;
  /**
   * Answers every callback in place of its URL. Nothing at all means 200 without a body; what it throws counts as a
   * receiver that failed. A Workflow or Workspace without a callback URL still sends none.
   */
  readonly respond?: (
    request: CallbackRequest,
  ) => CallbackResponse | undefined | Promise<CallbackResponse | undefined>;
}

/** A callback that was sent, and what came of it. Secrets in it are masked. */
export interface SentCallback {
  readonly kind: 'assignment' | 'event';
  /** By the instance's clock. */
  readonly at: Date;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly reservationSid: string | null;
  readonly eventType: string | null;
  /**
   * `instruction:accept` and the like, `no_instruction`, `refused`, `timed_out`, `failed` or `withdrawn` for an
   * assignment; `delivered` or `dropped` for an event.
   */
  readonly outcome: string;
  /** One for each request: the fallback URL and repetitions count. */
  readonly requests: readonly {
    readonly role: 'primary' | 'fallback';
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly parameters: Readonly<Record<string, string>>;
    /** Null when there was no whole answer; `error` says why. */
    readonly response: { readonly status: number; readonly body: string } | null;
    readonly error: string | null;
    /** What Twilio's debugger would say of it. */
    readonly alert: { readonly code: number; readonly message: string } | null;
  }[];
}

export interface TaskRouterEvent {
  readonly sid: string;
  /** Such as `reservation.accepted`. */
  readonly type: string;
  readonly description: string;
  /** By the instance's clock. */
  readonly date: Date;
  readonly workspaceSid: string;
  readonly resourceType: string;
  readonly resourceSid: string;
  /** As an event callback spells them: `TaskSid`, `TaskAttributes`, `WorkerName` … */
  readonly fields: Readonly<Record<string, string>>;
}

export type TaskStatus = 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled';

/** A local TaskRouter in this process, in memory. */
export interface RunningTaskRouter {
  /** `http://127.0.0.1:…`, for any SDK. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** An API key of the account, which signs in wherever account SID and auth token do. */
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  /** The official client, aimed at this instance. */
  readonly client: Twilio;
  now(): Date;
  /**
   * Lets time pass: what falls due happens in order, and callbacks under way are waited for. `advance(0)` waits for
   * these alone. Not to be awaited by what answers a callback.
   * @throws Error when the clock is the system's or the instance is closed, RangeError when `seconds` is negative, TypeError
   * when it is not a finite number
   */
  advance(seconds: number): Promise<void>;
  /** Goes on to what happens next by itself; resolves with its time, or null when nothing will. */
  advanceToNext(): Promise<Date | null>;
  /**
   * Resolves with the task once it has, or passes through, this status; a virtual clock is advanced as far as needed.
   * @param options `timeoutSeconds`: by the instance's clock; default 86,400 on a virtual one, else 5
   * @throws Error which tells what became of the task instead
   */
  waitFor(
    taskSid: string,
    status: TaskStatus,
    options?: { readonly timeoutSeconds?: number },
  ): Promise<TaskInstance>;
  /** Every callback that has ended, oldest first. */
  callbacks(filter?: { readonly kind?: 'assignment' | 'event'; readonly taskSid?: string }): SentCallback[];
  /** Every event, oldest first. */
  events(filter?: { readonly type?: string; readonly taskSid?: string }): TaskRouterEvent[];
  /** Everything is gone afterwards. Closing twice is harmless. */
  close(): Promise<void>;
}

/** The sids of the workspace it began with, by name. */
export interface BegunWorkspace {
  readonly workspaceSid: string;
  /** Of the workspace's first Workflow. */
  readonly workflowSid: string;
  readonly workflows: Readonly<Record<string, string>>;
  readonly workers: Readonly<Record<string, string>>;
  readonly taskQueues: Readonly<Record<string, string>>;
  readonly activities: Readonly<Record<string, string>>;
}

export type TestTaskRouter = RunningTaskRouter & BegunWorkspace;

/**
 * Starts a local TaskRouter in this process. Many run side by side. The same seed and the same commands, one after the
 * other, give the same sids, dates, answers and callbacks.
 * @throws TypeError for an option that cannot be used; Error when the workspace is not sound, with every fault named,
 * or when the port is taken (`code` EADDRINUSE)
 */
export declare function startTaskRouter(
  options: TestKitOptions & { readonly workspace: null },
): Promise<RunningTaskRouter>;
export declare function startTaskRouter(options?: TestKitOptions): Promise<TestTaskRouter>;
