import type { Path } from '../../../language/condition';
import { type Scope, scopeOf } from '../../../language/expression';
import type { Resolution } from '../../../language/requirements';
import type { Attributes, Task, Worker } from '../../model/entities';
import type { WorkerLoad } from '../indexes/worker-load';
import type { EntityState } from '../state/entity-state';
import { timeOfDay } from './time-of-day';

/**
 * The scopes of expressions, by where the expression is used.
 * Source: https://www.twilio.com/docs/taskrouter/expression-syntax and …/docs/taskrouter/multitasking
 * If an attribute has the name of a field, the attribute wins (our choice).
 */
export class ExpressionScopes {
  constructor(
    private readonly state: EntityState,
    private readonly load: WorkerLoad,
    private readonly now: () => number,
  ) {}

  /** A filter: the task's attributes, unprefixed, and the time of day. */
  task({ attributes }: { readonly attributes: Attributes }): Scope {
    const read = scopeOf(attributes.value);
    return (name) => {
      const value = read(name);
      return value === undefined && name === 'taskrouter' ? timeOfDay(this.now()) : value;
    };
  }

  /**
   * A queue's target_workers: the worker's attributes and fields, unprefixed. Programs in production prefix them with
   * `worker.` all the same. Our choice: that means the worker, unless it has an attribute called `worker`.
   */
  worker(worker: Worker): Scope {
    const read = this.members(worker);
    return (name) => read(name) ?? (name === 'worker' ? read : undefined);
  }

  /** What an index can look up of a worker: its attributes and fields, but not the load of its channels. */
  workerDocument(worker: Worker): Readonly<Record<string, unknown>> {
    const activity = this.state.find('activities', worker.activitySid);
    const fields = { activity_sid: worker.activitySid, activity_name: activity?.friendlyName };
    return { ...fields, ...lastingDocument(worker) };
  }

  /** A target's expression: both, prefixed, and the time of day. */
  target(task: Task, worker: Worker): Scope {
    return (name) => {
      if (name === 'task') return task.attributes.value;
      if (name === 'worker') return this.members(worker);
      return name === 'taskrouter' ? timeOfDay(this.now()) : undefined;
    };
  }

  /** The worker's attributes and fields, each read on demand: an expression reads few of them. */
  private members(worker: Worker): Scope {
    const read = scopeOf(worker.attributes.value);
    let channels: Scope | undefined;
    return (name) => {
      const value = read(name);
      if (value !== undefined) return value;
      if (name !== 'channel') return this.field(worker, name);
      channels ??= this.channels(worker);
      return channels;
    };
  }

  private field(worker: Worker, name: string): string | undefined {
    switch (name) {
      case 'sid':
        return worker.sid;
      case 'friendly_name':
        return worker.friendlyName;
      case 'activity_sid':
        return worker.activitySid;
      case 'activity_name':
        return this.state.get('activities', worker.activitySid).friendlyName;
      default:
        return undefined;
    }
  }

  /** The worker's channels by their unique names. */
  private channels(worker: Worker): Scope {
    const channels = this.load.channels(worker.sid);
    return (name) => {
      const channel = channels.find(
        ({ taskChannelSid }) => this.state.get('taskChannels', taskChannelSid).uniqueName === name,
      );
      if (!channel) return undefined;
      return {
        configured_capacity: channel.configuredCapacity,
        assigned_tasks: this.load.use(channel).assigned,
        available_capacity_percentage: this.load.availableCapacityPercentage(channel),
      };
    };
  }
}

/** The part of a worker's document that only an update of the worker itself changes, and not its activity. */
export function lastingDocument(worker: Worker): Readonly<Record<string, unknown>> {
  return { sid: worker.sid, friendly_name: worker.friendlyName, ...worker.attributes.value };
}

/** Where the document of a worker has what a queue's target_workers refers to. */
export function inWorkerDocument(path: Path): Resolution {
  const [first, second, ...rest] = path;
  if (first !== 'worker' || typeof second !== 'string') return isLoad(path) ? undefined : { paths: [path] };
  const unprefixed: Path = [second, ...rest];
  return isLoad(unprefixed) ? undefined : { paths: [path, unprefixed] };
}

/** The load of a channel changes with every reservation: no index looks it up. */
const isLoad = (path: Path): boolean => path[0] === 'channel' && path.length > 1;
