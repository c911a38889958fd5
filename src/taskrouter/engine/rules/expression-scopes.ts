import { type Scope, scopeOf } from '../../../language/expression';
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
    const document = this.workerDocument(worker);
    const read = scopeOf(document);
    return (name) => read(name) ?? (name === 'worker' ? document : undefined);
  }

  /** A target's expression: both, prefixed, and the time of day. */
  target(task: Task, worker: Worker): Scope {
    return (name) => {
      if (name === 'task') return task.attributes.value;
      if (name === 'worker') return this.workerDocument(worker);
      return name === 'taskrouter' ? timeOfDay(this.now()) : undefined;
    };
  }

  private workerDocument(worker: Worker): object {
    const document = {
      sid: worker.sid,
      friendly_name: worker.friendlyName,
      activity_sid: worker.activitySid,
      activity_name: this.state.get('activities', worker.activitySid).friendlyName,
    };
    // Seldom used, so computed on access.
    Object.defineProperty(document, 'channel', { get: () => this.channels(worker), configurable: true });
    return overlay(document, worker.attributes.value);
  }

  private channels(worker: Worker): object {
    const channels: Record<string, object> = Object.create(null);
    for (const channel of this.load.channels(worker.sid)) {
      const { uniqueName } = this.state.get('taskChannels', channel.taskChannelSid);
      channels[uniqueName] = {
        configured_capacity: channel.configuredCapacity,
        assigned_tasks: this.load.use(channel).assigned,
        available_capacity_percentage: this.load.availableCapacityPercentage(channel),
      };
    }
    return channels;
  }
}

/** The fields, overlaid with the attributes. As own properties, since `hasOwn` cannot see a prototype chain. */
function overlay(fields: object, attributes: Readonly<Record<string, unknown>>): object {
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true });
  }
  return fields;
}
