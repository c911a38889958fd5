import { groupBy } from '../common/group-by';
import type { Condition, RecentAlert } from './condition';
import { type Finding, finding } from './finding';
import { thresholds } from './thresholds';

/** One finding for each error code of the last hour, about the newest alert with it. */
export function alertFindings({ alerts, now }: Condition): Finding[] {
  const recent = alerts.filter(({ at }) => now - at <= thresholds.recentMs);
  return [...groupBy(recent, ({ code }) => code).values()].map((ofCode) => {
    const newest = ofCode.reduce((one, other) => (other.at > one.at ? other : one));
    return finding('recent_alert', newest.place, messageOf(newest, ofCode.length), newest.remedy);
  });
}

function messageOf({ code, message }: RecentAlert, count: number): string {
  const times = count === 1 ? 'once' : `${count} times`;
  return `Error${code === null ? '' : ` ${code}`}, ${times} in the last hour: ${message}`;
}
