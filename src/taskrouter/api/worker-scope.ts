import type { Scope } from '../engine/expression';
import type { View } from '../engine/view';
import type { Worker } from '../model/entities';
import { loadOf } from './worker-channel-load';

/**
 * What TargetWorkersExpression sees of a worker: attributes unprefixed, then the worker's fields; where both have a
 * name, the attribute wins (our choice), as in a queue's expression.
 */
export function workerScope(view: View, worker: Worker): Scope {
  const attributes = worker.attributes.value;
  return (name) => (Object.hasOwn(attributes, name) ? attributes[name] : fieldOf(view, worker, name));
}

function fieldOf(view: View, worker: Worker, name: string): unknown {
  if (name === 'sid') return worker.sid;
  if (name === 'friendly_name') return worker.friendlyName;
  if (name === 'activity_sid') return worker.activitySid;
  if (name === 'activity_name') return view.find('activities', worker.activitySid)?.friendlyName;
  return name === 'channel' ? channels(view, worker) : undefined;
}

function channels(view: View, worker: Worker): object {
  const named = view.channelsOfWorker(worker.sid).map((channel) => {
    const name = view.find('taskChannels', channel.taskChannelSid)?.uniqueName ?? channel.taskChannelSid;
    return [name, loadOf(view, channel)];
  });
  return Object.fromEntries(named);
}
