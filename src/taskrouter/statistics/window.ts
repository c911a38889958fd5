import { limits } from '../../common/limits';
import { InvalidParameter, StatisticsTooOld } from '../model/errors';

/** The period of cumulative statistics: Unix milliseconds, inclusive. */
export interface StatisticsWindow {
  readonly from: number;
  readonly to: number;
}

/** The period as requested; dates are Unix milliseconds. */
export interface WindowRequest {
  readonly minutes?: number | undefined;
  readonly startDate?: number | undefined;
  readonly endDate?: number | undefined;
}

const minute = 60_000;
const defaultMinutes = 15;

/**
 * The last 15 minutes by default. Minutes cannot be combined with dates, and nothing is older than 30 days. An EndDate
 * alone is the end of 15 minutes (our choice). It may be in the future, and is returned as given (our choice).
 * Source: https://www.twilio.com/docs/taskrouter/api/workspace-statistics
 * @throws InvalidParameter, StatisticsTooOld
 */
export function statisticsWindow(request: WindowRequest, now: number): StatisticsWindow {
  const { minutes = defaultMinutes, startDate, endDate } = request;
  if (request.minutes !== undefined && (startDate !== undefined || endDate !== undefined)) {
    throw new InvalidParameter('Minutes cannot be used together with StartDate or EndDate');
  }
  if (minutes < 1) throw InvalidParameter.outOfRange('Minutes', minutes, '1 or more');
  const to = endDate ?? now;
  const from = startDate ?? to - minutes * minute;
  if (from > to) throw new InvalidParameter('StartDate must not be after EndDate');
  if (from < now - limits.eventRetentionMs) {
    throw new StatisticsTooOld('StartDate must not be more than 30 days ago: events are not kept longer');
  }
  return { from, to };
}
