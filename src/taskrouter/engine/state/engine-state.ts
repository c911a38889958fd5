import type { SidSource } from '../../model/sids';
import { ActivityCounts } from '../indexes/activity-counts';
import { Deadlines } from '../indexes/deadlines';
import { EventOutbox } from '../indexes/event-outbox';
import { FriendlyNames } from '../indexes/friendly-names';
import { QueueMembership } from '../indexes/queue-membership';
import { ReadyWorkers } from '../indexes/ready-workers';
import { RowCounts } from '../indexes/row-counts';
import { RowsByOwner } from '../indexes/rows-by-owner';
import { TasksInUse } from '../indexes/tasks-in-use';
import { WaitingTasks } from '../indexes/waiting-tasks';
import { WorkerLoad } from '../indexes/worker-load';
import { WorkflowConfigurations } from '../indexes/workflow-configurations';
import { RoutingFields } from '../routing-fields';
import { ExpressionScopes } from '../rules/expression-scopes';
import { KnownWorkers } from '../rules/known-workers';
import { Matching } from '../rules/matching';
import { EntityState } from './entity-state';
import { RecentOffers } from './recent-offers';

/** What the engine gets from outside. */
export interface Settings {
  readonly accountSid: string;
  readonly newSid: SidSource;
  /** How many event callbacks wait in the outbox at most, and for how long; default: `limits.eventOutbox`. */
  readonly eventOutbox?: { readonly maxCount: number; readonly maxAgeMs: number };
}

/**
 * The entities and their indexes. The order matters: an index that uses another is created after it, so that it is also
 * notified of every change after it.
 */
export class EngineState {
  /** The time of the present command in Unix milliseconds, for expressions that read the time of day. */
  now = 0;
  readonly state = new EntityState();
  readonly load = new WorkerLoad(this.state);
  readonly scopes = new ExpressionScopes(this.state, this.load, () => this.now);
  readonly workerNames = new FriendlyNames(this.state, 'workers');
  readonly taskQueueNames = new FriendlyNames(this.state, 'taskQueues');
  readonly knownWorkers = new KnownWorkers(this.state, this.workerNames);
  readonly membership = new QueueMembership(this.state, this.scopes);
  readonly activityCounts = new ActivityCounts(this.state, this.membership);
  readonly ready = new ReadyWorkers(this.state, this.load, this.scopes, this.membership);
  readonly configurations = new WorkflowConfigurations(this.state);
  readonly waiting = new WaitingTasks(this.state, this.configurations);
  readonly tasksInUse = new TasksInUse(this.state);
  readonly deadlines = new Deadlines(this.state);
  readonly counts = new RowCounts(this.state);
  readonly calls = new RowsByOwner(this.state, 'calls', ({ reservationSid }) => reservationSid);
  readonly transfers = new RowsByOwner(this.state, 'transfers', ({ taskSid }) => taskSid);
  readonly eventOutbox = new EventOutbox(this.state);
  readonly offers = new RecentOffers(this.state);
  readonly fields: RoutingFields;
  readonly matching = new Matching(
    this.state,
    this.scopes,
    this.configurations,
    this.membership,
    this.ready,
    this.waiting,
    this.knownWorkers,
    this.activityCounts,
  );

  constructor(readonly settings: Settings) {
    const { accountSid } = settings;
    this.fields = new RoutingFields(this.state, this.configurations, this.knownWorkers, accountSid);
  }
}
