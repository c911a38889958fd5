import type { FindingCode } from './rules';

export interface LintedQueue {
  readonly friendlyName: string;
  /** Undefined for TaskRouter's default, every worker; null for none. */
  readonly targetWorkers?: string | null | undefined;
  readonly taskOrder?: 'FIFO' | 'LIFO' | undefined;
  readonly reservationActivity?: string | undefined;
  readonly assignmentActivity?: string | undefined;
}

export interface LintedWorkflow {
  readonly friendlyName: string;
  /** The JSON document; its queues are friendly names. */
  readonly configuration: unknown;
  /** Seconds. */
  readonly taskReservationTimeout?: number | undefined;
  readonly assignmentCallbackUrl?: string | null | undefined;
  readonly fallbackAssignmentCallbackUrl?: string | null | undefined;
}

export interface LintedWorker {
  readonly friendlyName: string;
  readonly attributes?: object | undefined;
  readonly channels?: Readonly<Record<string, { readonly capacity?: number | undefined }>> | undefined;
}

/** The parts of a workspace file that rules read. */
export interface LintedWorkspace {
  readonly multiTaskEnabled?: boolean | undefined;
  readonly timeoutActivity?: string | undefined;
  readonly eventCallbackUrl?: string | null | undefined;
  readonly taskChannels?: readonly { readonly uniqueName: string }[] | undefined;
  readonly activities: readonly { readonly friendlyName: string; readonly available: boolean }[];
  readonly taskQueues: readonly LintedQueue[];
  readonly workflows: readonly LintedWorkflow[];
  readonly workers: readonly LintedWorker[];
  /** Attributes of tasks that programs create. */
  readonly exampleTasks?: readonly object[] | undefined;
  readonly lint?: { readonly ignore?: readonly FindingCode[] | undefined } | undefined;
}
