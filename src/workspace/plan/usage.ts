/** Who uses what, beyond what the workspace itself says: read before anything is deleted. */
export interface Usage {
  /** Every task that is not finished. */
  readonly tasks: readonly TaskInHand[];
  /** Sids of the workers that are asked, work or wrap up. */
  readonly workersWithReservations: ReadonlySet<string>;
}

export interface TaskInHand {
  readonly workflowSid: string;
  readonly taskQueueSid: string | null;
  readonly taskChannel: string;
}

export const noUsage: Usage = { tasks: [], workersWithReservations: new Set() };
