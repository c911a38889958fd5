import type { Twilio } from 'twilio';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';

// The declarations that users of the package get: the build copies this file unchanged. It contains only types, and
// imports only from `twilio`.

/** A request that TaskRouter sends: an assignment callback, an event callback, or the request for TwiML of a call. */
export interface CallbackRequest {
  readonly kind: 'assignment' | 'event' | 'voice';
  /** Which of a Workflow's two callback URLs it is sent to. Events have only a primary URL. */
  readonly role: 'primary' | 'fallback';
  /** Default: POST. Only requests for TwiML can be others. */
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  /** Includes `X-Twilio-Signature`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The response to a callback. An object as `body` is sent as JSON. The default status is 200. */
export interface CallbackResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

export interface TestKitOptions {
  /**
   * `virtual` (default) stands still until `advance`, `advanceToNext`, or `waitFor` moves it. `system` is the clock of
   * the computer.
   */
  readonly clock?: 'virtual' | 'system';
  /** The time at which a virtual clock starts. The default, 2026-01-31T12:00:00Z, makes runs repeatable. */
  readonly now?: Date | string;
  /** All SIDs and credentials are derived from it. Default: 0. */
  readonly seed?: number | string;
  /** AC and 32 hexadecimal digits. */
  readonly accountSid?: string;
  readonly authToken?: string;
  /** SK and 32 hexadecimal digits. With `apiKeySecret`, it is accepted wherever account SID and auth token are. */
  readonly apiKeySid?: string;
  readonly apiKeySecret?: string;
  /** Default: a free port. */
  readonly port?: number;
  /**
   * The initial workspace: the path of a workspace file, or its contents. Default: the tutorial workspace, with Alice
   * and Bob, both Offline, and a Workflow for tasks in Spanish and English. Null for no workspace.
   */
  readonly workspace?: string | object | null;
  /**
   * The path of a snapshot, which the instance continues in place of a new workspace: at its time, if the clock is virtual.
   * With `respond`, the callbacks that were waiting to be sent are sent; without it, they are left out, and so are callback
   * URLs on other computers. Cannot be combined with `workspace`, `now`, and `functionsUrl`.
   */
  readonly snapshot?: string;
  /** The value of `${FUNCTIONS_URL}` in the workspace. Without it and without `respond`, those callbacks are not sent. */
  readonly functionsUrl?: string;
  /**
   * Responds to every callback in place of its URL. Undefined means status 200 without a body. If it throws, the
   * callback fails. A Workflow or Workspace without a callback URL still sends no callbacks.
   */
  readonly respond?: (
    request: CallbackRequest,
  ) => CallbackResponse | undefined | Promise<CallbackResponse | undefined>;
}

/** A finished callback and its outcome. Secrets are masked. */
export interface SentCallback {
  /** `voice`: a request for the TwiML of a call, or about its status. */
  readonly kind: 'assignment' | 'event' | 'voice';
  /** According to the clock of the instance. */
  readonly at: Date;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly reservationSid: string | null;
  readonly callSid: string | null;
  readonly eventType: string | null;
  /**
   * For an assignment: `instruction:accept` and the like, `no_instruction`, `refused`, `timed_out`, `failed`, or
   * `withdrawn`. For an event: `delivered` or `dropped`. For a call: `twiml`, `delivered`, `dropped`, `timed_out`, `failed`,
   * or `withdrawn`.
   */
  readonly outcome: string;
  /** One for each request, including retries, redirects, and the fallback URL. */
  readonly requests: readonly {
    readonly method: 'GET' | 'POST';
    readonly role: 'primary' | 'fallback';
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Of the form. A GET has its parameters in the URL. */
    readonly parameters: Readonly<Record<string, string>>;
    /** Null if there was no complete response; `error` gives the reason. */
    readonly response: { readonly status: number; readonly body: string } | null;
    readonly error: string | null;
    /** The alert that Twilio's debugger would show. */
    readonly alert: { readonly code: number; readonly message: string } | null;
  }[];
}

export interface TaskRouterEvent {
  readonly sid: string;
  /** For example, `reservation.accepted`. */
  readonly type: string;
  readonly description: string;
  /** According to the clock of the instance. */
  readonly date: Date;
  readonly workspaceSid: string;
  readonly resourceType: string;
  readonly resourceSid: string;
  /** The parameters of an event callback: `TaskSid`, `TaskAttributes`, `WorkerName`, and so on. */
  readonly fields: Readonly<Record<string, string>>;
}

export type TaskStatus = 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled';

/** Why a task is where it is, or a worker is not offered it. */
export interface Reason {
  /** For example, `not_available`, `not_in_queue`, or `no_capacity`. */
  readonly code: string;
  /** One sentence without its period, with the names of what it is about. */
  readonly message: string;
}

/** What is against a worker. */
export interface WorkerReasons {
  readonly worker_sid: string;
  readonly worker_name: string;
  readonly eligible: boolean;
  readonly reasons: readonly Reason[];
}

/** The same as `GET /_taskrouter/explain?task_sid=WT…`, which has more fields. */
export interface TaskExplanation {
  readonly task_sid: string;
  readonly assignment_status: TaskStatus;
  /** What the task waits for, and what to do. */
  readonly summary: string;
  readonly reasons: readonly Reason[];
  /** The workers of the queue and the near misses, nearest first. */
  readonly workers: readonly WorkerReasons[];
  /** How many tasks are ahead in the same queue, on the same task channel. */
  readonly ahead: number;
}

/** The same as `GET /_taskrouter/explain?worker_sid=WK…`. */
export interface WorkerExplanation {
  readonly worker_sid: string;
  readonly worker_name: string;
  readonly summary: string;
  /** What is against every task. */
  readonly reasons: readonly Reason[];
  /** Waiting tasks, nearest first. */
  readonly tasks: readonly { readonly task_sid: string; readonly reasons: readonly Reason[] }[];
}

/** The same as `GET /_taskrouter/explain?reservation_sid=WR…`. */
export interface ReservationExplanation {
  readonly reservation_sid: string;
  readonly task_sid: string;
  readonly worker_sid: string;
  /** To whom the task was offered, when, and why to this worker. */
  readonly summary: string;
  /** Who was offered the task, who else could be, and what was against the others. */
  readonly workers: readonly WorkerReasons[];
}

/** A call to be simulated. */
export interface CallOptions {
  /** The number of the caller, such as `+15550111`. */
  readonly from: string;
  /** The number that is called. Default: +15555550100. */
  readonly to?: string;
  /** The keys that the caller presses, as soon as TwiML asks for them. */
  readonly digits?: string;
  /** What the caller says when TwiML listens. Of several texts, each Gather gets the next one. */
  readonly speech?: string | readonly string[];
  /** The caller hangs up this many seconds after the beginning, by the clock of the instance. Default: never. */
  readonly hangUpAfterSeconds?: number;
  /** The URL of its TwiML. Default: `/incoming-call` of `functionsUrl`; `respond` gets the request if there is one. */
  readonly url?: string;
}

/** A simulated call. Its properties show it as it is now. */
export interface SimulatedCall {
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  /** The call whose Dial placed this one; null without one. */
  readonly parentCallSid: string | null;
  readonly status:
    | 'queued'
    | 'initiated'
    | 'ringing'
    | 'in-progress'
    | 'completed'
    | 'busy'
    | 'failed'
    | 'no-answer'
    | 'canceled';
  /** The Task that Enqueue created, or for which a Worker is called; null without one. */
  readonly taskSid: string | null;
  /** The Worker who is called; null if it is somebody else. */
  readonly workerSid: string | null;
  /** The Reservation whose instruction placed the call; null without one. */
  readonly reservationSid: string | null;
  readonly dateCreated: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly transcript: readonly {
    readonly at: Date;
    /** `caller`, `twilio`, or the name of a Worker. */
    readonly who: string;
    /** A verb of TwiML, or what a person does, such as `presses` or `hangs up`. */
    readonly verb: string;
    readonly text: string;
  }[];
  /** The person presses keys. @throws Error if the call is over, or hears no TwiML */
  press(digits: string): Promise<void>;
  /** The person says something. @throws Error if the call is over, or hears no TwiML */
  say(text: string): Promise<void>;
  /** The person who is called answers. @throws Error if the call does not ring, or is incoming */
  answer(): Promise<void>;
  /** The person who is called declines. @throws Error if the call does not ring, or is incoming */
  decline(): Promise<void>;
  /** The person hangs up. @throws Error if the call is over */
  hangUp(): Promise<void>;
}

/** A local TaskRouter in this process, in memory. */
export interface RunningTaskRouter {
  /** `http://127.0.0.1:…`, for any SDK. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** An API key of the account. It is accepted wherever account SID and auth token are. */
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  /** The `ebServer` of Twilio's worker SDK. Its `wsServer` is the same with `ws:` in place of `http:`. */
  readonly eventBridgeUrl: string;
  /** The official client, connected to this instance. */
  readonly client: Twilio;
  /**
   * An Access Token for Twilio's worker SDK. It expires by the clock of the instance.
   * @param worker name or SID
   * @param options `role`: default `worker`; `ttlSeconds`: 1 to 86,400, default 3,600
   * @throws Error if there is no such worker, or for an invalid option
   */
  workerToken(
    worker: string,
    options?: {
      readonly role?: 'worker' | 'supervisor' | 'admin';
      readonly ttlSeconds?: number;
    },
  ): string;
  now(): Date;
  /**
   * Advances the virtual clock: handles everything that becomes due, in order, and waits for the callbacks in progress.
   * `advance(0)` only waits for callbacks. Do not await it in `respond`, which would wait for itself.
   * @throws Error if the clock is the system's or the instance is closed, RangeError if `seconds` is negative, TypeError
   * if it is not a finite number
   */
  advance(seconds: number): Promise<void>;
  /** Advances to the next deadline. Resolves with its time, or null if there is none. @throws Error as `advance` does */
  advanceToNext(): Promise<Date | null>;
  /**
   * Resolves with the task once it has reached this status, even if only briefly. Advances a virtual clock as needed.
   * @param options `timeoutSeconds`: by the clock of the instance; default: 86,400 for a virtual clock, otherwise 5
   * @throws Error that says what the task waits for, and what happened to it instead
   */
  waitFor(
    taskSid: string,
    status: TaskStatus,
    options?: { readonly timeoutSeconds?: number },
  ): Promise<TaskInstance>;
  /**
   * Simulates an incoming call: fetches its TwiML and executes it. Resolves when the call waits for a person or for time
   * to pass, or is over. Do not await it in `respond`, which would wait for itself.
   * @throws Error if there is no TwiML for it
   */
  call(options: CallOptions): Promise<SimulatedCall>;
  /** Every call, newest first: of callers, to workers, and to those whom Dial calls. */
  calls(): SimulatedCall[];
  /** Says why a task waits. @throws Error if there is no such task */
  explain(taskSid: string): TaskExplanation;
  /** Says why a worker is offered nothing. @throws Error if there is no such worker */
  explainWorker(workerSid: string): WorkerExplanation;
  /**
   * Says why a reservation went to its worker and not to the others, in the state in which the offer was made.
   * @throws Error if that is not recorded: only the latest offers are
   */
  explainReservation(reservationSid: string): ReservationExplanation;
  /** Every finished callback, oldest first. */
  callbacks(filter?: {
    readonly kind?: 'assignment' | 'event' | 'voice';
    readonly taskSid?: string;
    readonly callSid?: string;
  }): SentCallback[];
  /** Every event, oldest first. */
  events(filter?: { readonly type?: string; readonly taskSid?: string }): TaskRouterEvent[];
  /**
   * Saves the whole state in a file, secrets masked: for a bug report, for `startTaskRouter({ snapshot })`, or for
   * `npx taskrouter snapshot load`. An existing file is replaced.
   */
  saveSnapshot(file: string): Promise<void>;
  /** Stops the instance and discards its data. Closing twice has no effect. */
  close(): Promise<void>;
}

/** The SIDs of the initial workspace, by name. In a snapshot with several workspaces, of the first one. */
export interface BegunWorkspace {
  readonly workspaceSid: string;
  /** The first Workflow of the workspace. */
  readonly workflowSid: string;
  readonly workflows: Readonly<Record<string, string>>;
  readonly workers: Readonly<Record<string, string>>;
  readonly taskQueues: Readonly<Record<string, string>>;
  readonly activities: Readonly<Record<string, string>>;
}

export type TestTaskRouter = RunningTaskRouter & BegunWorkspace;

/**
 * Starts a local TaskRouter in this process. Many instances can run side by side. The same seed and the same commands
 * in the same order produce the same SIDs, dates, responses, and callbacks.
 * @throws TypeError for an invalid option, Error if the workspace is invalid (the message lists every problem), if the
 * snapshot cannot be loaded, or if the port is in use (`code` EADDRINUSE)
 */
export declare function startTaskRouter(
  options: TestKitOptions & { readonly workspace: null },
): Promise<RunningTaskRouter>;
export declare function startTaskRouter(options?: TestKitOptions): Promise<TestTaskRouter>;
