const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** When something is stuck, or about to be. All are our choice: Twilio's documentation names none. */
export const thresholds = {
  /** How long TaskRouter may take to time a reservation out. */
  overdueMs: minute,
  wrappingMs: 2 * hour,
  /** The share of a limit of TaskRouter from which on it is nearly reached, as in lint. */
  nearLimit: 0.9,
  /** How long a task and a worker who could be offered it may both wait. */
  idleMs: minute,
  /** How long tasks may wait for somebody to start working. */
  nobodyMs: 5 * minute,
  /** Of the 5 s that an assignment callback has. */
  slowCallbackMs: 3 * second,
  /** How far back callbacks and alerts count. */
  recentMs: hour,
  /** How many requests to a URL count, the newest. */
  newestRequests: 20,
  /** The share of requests that may fail. */
  unreliable: 0.1,
  /** How many findings of one rule are listed one by one. */
  findingsOfRule: 50,
} as const;
