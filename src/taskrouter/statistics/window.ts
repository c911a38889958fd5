import { limits } from '../engine/limits';
import { InvalidParameter, StatisticsTooOld } from '../model/errors';

/** What cumulative statistics are about: unix milliseconds, both ends included. */
export interface StatisticsWindow {
  readonly from: number;
  readonly to: number;
}

/** As asked for; dates are unix milliseconds. */
export interface WindowRequest {
  readonly minutes?: number | undefined;
  readonly startDate?: number | undefined;
  readonly endDate?: number | undefined;
}

const minute = 60_000;
const defaultMinutes = 15;

/**
 * The last 15 minutes unless asked otherwise; Minutes does not go together with dates, and nothing is older than 30
 * days. An EndDate alone ends 15 minutes (our choice). It may lie in the future, and is echoed as given (our choice).
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
  if (from > to) throw new InvalidParameter('StartDate may not lie after EndDate');
  if (from < now - limits.eventRetentionMs) {
    throw new StatisticsTooOld('StartDate may not lie more than 30 days back: events are not kept longer');
  }
  return { from, to };
}
