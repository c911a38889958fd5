import type { Channel, Activity as SdkActivity, Worker } from 'twilio-taskrouter';
import { groupBy } from '../../src/common/group-by';
import type { Activity } from '../lifecycle/lifecycle-response';
import type { PhoneCall } from './agent-phone';
import { isLive, isOffer, type ReservationView } from './reservation-view';

/** The worker whose page it is. */
export interface AgentView {
  readonly name: string;
  readonly activity: Activity;
  readonly activities: readonly Activity[];
  readonly channels: readonly ChannelView[];
}

/** The capacity of a worker for one task channel, in tasks. */
export interface ChannelView {
  readonly name: string;
  readonly capacity: number;
  readonly isAvailable: boolean;
}

type WorkerData = Pick<Worker, 'name' | 'activity' | 'activities' | 'channels'>;

export function agentView({ name, activity, activities, channels }: WorkerData): AgentView {
  return {
    name,
    activity: activityOf(activity),
    activities: [...activities.values()].map(activityOf),
    channels: [...channels.values()].map(channelOf).sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function activityOf({ sid, name, available }: SdkActivity): Activity {
  return { activity_sid: sid, activity_name: name, available };
}

function channelOf({ taskChannelUniqueName, capacity, available }: Channel): ChannelView {
  return { name: taskChannelUniqueName, capacity, isAvailable: Boolean(available) };
}

/**
 * How many tasks a worker has on each task channel. The SDK does not keep `assignedTasks` up to date, so the page counts
 * the reservations, as TaskRouter does: pending ones use capacity, too.
 */
export function tasksByChannel(reservations: readonly ReservationView[]): ReadonlyMap<string, number> {
  const byChannel = groupBy(reservations.filter(isLive), ({ channel }) => channel);
  return new Map([...byChannel].map(([channel, { length }]) => [channel, length]));
}

/** What to do if there is no task. */
export function idleText({ activity, activities }: AgentView): string {
  if (activity.available) return 'You are available. TaskRouter offers you the next task that fits.';
  const available = activities.find((each) => each.available);
  const remedy = available ? ` Choose ${available.activity_name} to get tasks.` : '';
  return `You are ${activity.activity_name}, so TaskRouter offers you nothing.${remedy}`;
}

/** How many offers and ringing calls wait for the worker. A call to answer an offer is no second one. */
export function waiting(reservations: readonly ReservationView[], calls: readonly PhoneCall[]): number {
  const offers = new Set(reservations.filter(isOffer).map(({ sid }) => sid));
  const ringing = calls.filter(
    ({ call }) => call.status === 'ringing' && !offers.has(call.reservation_sid ?? ''),
  );
  return offers.size + ringing.length;
}

/** @param count of what waits, if the title is to draw attention to it */
export function pageTitle(name: string | undefined, count: number): string {
  const title = name ? `${name} · Agent` : 'Agent';
  return count > 0 ? `(${count}) ${title}` : title;
}
