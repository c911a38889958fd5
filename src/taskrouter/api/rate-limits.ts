import { limits } from '../../common/limits';
import { RateLimited } from '../http/request-errors';

/** A limit on the number of requests per second. */
interface RateLimit {
  /** Only requests with this parameter count; null counts every request. */
  readonly parameter: string | null;
  readonly perSecond: number;
}

const { evaluatingList, bulkStatistics } = limits.requestsPerSecond;

/**
 * The documented rate limits, by operation. Our choice: off by default.
 * Sources: https://www.twilio.com/docs/taskrouter/limits, …/docs/taskrouter/api/task, …/api/worker, …/api/task-queue
 */
export const rateLimits: Readonly<Record<string, RateLimit>> = {
  ListTask: { parameter: 'EvaluateTaskAttributes', perSecond: evaluatingList },
  ListWorker: { parameter: 'TargetWorkersExpression', perSecond: evaluatingList },
  ListTaskQueue: { parameter: 'EvaluateWorkerAttributes', perSecond: evaluatingList },
  CreateTaskQueueBulkRealTimeStatistics: { parameter: null, perSecond: bulkStatistics },
};

const secondMs = 1000;

/**
 * Counts limited requests over the last second of the injected clock, for the whole account (our choice). A rejected request
 * does not count.
 */
export class RateCounter {
  private readonly taken = new Map<string, readonly number[]>();

  constructor(private readonly now: () => number) {}

  /**
   * The headers with the remaining requests; none if the operation is not limited. Only their names are documented; their
   * format is our choice.
   * @throws RateLimited
   */
  take(operation: string, has: (parameter: string) => boolean): Readonly<Record<string, string>> {
    const limit = rateLimits[operation];
    if (!limit || (limit.parameter !== null && !has(limit.parameter))) return {};
    const now = this.now();
    const recent = (this.taken.get(operation) ?? []).filter((at) => at > now - secondMs && at <= now);
    const left = limit.perSecond - recent.length;
    const headers = (remaining: number) => ({
      'x-rate-limit-limit': String(limit.perSecond),
      'x-rate-limit-remaining': String(remaining),
      'x-rate-limit-config': `${operation}:${limit.perSecond}/1s`,
    });
    if (left <= 0) throw new RateLimited(headers(0));
    this.taken.set(operation, [...recent, now]);
    return headers(left - 1);
  }
}
