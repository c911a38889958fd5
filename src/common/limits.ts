/**
 * All limits of TaskRouter.
 * Source unless noted: https://www.twilio.com/docs/taskrouter/limits
 */
const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

export const limits = {
  attributesCharacters: 4096,
  workflowConfigurationBytes: 1_038_576,
  /**
   * Our choice, so that no request takes long: Twilio publishes no limits of expressions. The worst one allowed takes
   * about 0.1 s for the 15,000 workers of a full workspace. The nesting is limited in `language/grammar.ts`.
   */
  expression: { characters: 16_384, comparisons: 200, attributes: 40 },
  /** Our choice: all expressions of a workflow together. They are parsed when the workflow is saved. */
  configurationExpressionCharacters: 262_144,
  /** Our choice: targets of all filters of a workflow together. */
  configurationTargets: 10_000,
  /** Our choice. */
  orderByAttributes: 20,
  /** Our choice: how deep objects and arrays can nest in JSON. Programs that read it often use the call stack. */
  jsonDepth: 200,
  /** Our choice: attributes as they are sent, with white space. */
  sentAttributesCharacters: 65_536,
  friendlyNameCharacters: 64,
  activitiesPerWorkspace: 100,
  taskQueuesPerWorkspace: 5000,
  workersPerWorkspace: 15_000,
  taskTimeoutSeconds: { default: 86_400, min: 1, max: 1_209_600 },
  taskReservationTimeoutSeconds: { default: 120, min: 1, max: 86_400 },
  maxReservedWorkers: { default: 1, min: 1, max: 50 },
  priority: { default: 0, min: 0, max: 2_147_483_647 },
  /** Our choice: the range of a worker channel's capacity is not published. */
  workerChannelCapacity: { default: 1, min: 0, max: 250 },
  /** How many times a task may go from pending to reserved ("Max Assignment Count"). */
  maxAssignmentCount: 1000,
  assignedMs: day,
  finishedTaskRetentionMs: 5 * minute,
  eventRetentionMs: 30 * day,
  /** https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics */
  bulkStatisticsTaskQueues: { min: 1, max: 50 },
  /** SplitByWaitTime counts this many canceled tasks, and this many accepted reservations, at most. */
  splitByWaitTimeTasks: 10_000,
  /**
   * Worker and workflow statistics may be unavailable above 100 workers. Our choice: no limit, so that they work in a
   * large workspace. With a number here, requests above it get 400/20001.
   */
  statisticsWorkers: Number.POSITIVE_INFINITY,
  assignmentCallbackMs: 5 * second,
  eventCallbackMs: 15 * second,
  /**
   * Our choice: the event callbacks that wait to be sent. More than any receiver that responds leaves waiting; older ones
   * than that are of no use to it. One alert says that callbacks are dropped, and is repeated at this interval.
   */
  eventOutbox: { maxCount: 10_000, maxAgeMs: day },
  eventOutboxAlertIntervalMs: 5 * minute,
  /** Our choice: after both callback URLs failed, the task is offered again after 1, 2, 4, … 60 s. */
  offerAgainMs: { first: second, max: minute },
  listPage: { default: 50, min: 1, max: 1000 },
  /** Per list that evaluates an expression, and for bulk statistics. */
  requestsPerSecond: { evaluatingList: 3, bulkStatistics: 5 },
} as const;
