import {
  type Concurrency,
  ConcurrencyLimiter,
  defaultConcurrency,
  type QueuedJob,
} from './concurrency-limiter';
import { type Announcement, type Attempts, type PostOptions, postWithRetries } from './post';

interface PostQueuesOptions extends PostOptions {
  /** The time limit for all attempts to reach one URL, in milliseconds. */
  readonly timeouts: { readonly assignment: number; readonly event: number };
  readonly concurrency?: Partial<Concurrency> | undefined;
  /** Whether the event callbacks of one task are sent one after another. Default: true. */
  readonly eventsInOrder?: boolean | undefined;
}

/**
 * Posts callbacks, a limited number at a time. Our choice: every URL has its own queue, so that one that hangs does not
 * delay another one of the same server; assignments do not share their places with events, so that they never wait behind
 * them; and the event callbacks of one task arrive in the order of the events, because each is sent after the response to
 * the one before.
 */
export class PostQueues {
  private readonly limiters: Readonly<Record<Announcement['kind'], ConcurrencyLimiter>>;

  constructor(private readonly options: PostQueuesOptions) {
    const concurrency = { ...defaultConcurrency, ...options.concurrency };
    this.limiters = {
      assignment: new ConcurrencyLimiter(concurrency),
      event: new ConcurrencyLimiter(concurrency),
    };
  }

  /** Posts to one URL within the time limit of the callback's kind. Null if it left the queue before it was sent. */
  post(announcement: Announcement): QueuedJob<Attempts> {
    const { kind, url } = announcement;
    const { eventsInOrder = true } = this.options;
    return this.limiters[kind].run(
      url.replace(/#.*$/s, ''),
      () => postWithRetries(this.options, announcement, this.options.timeouts[kind]),
      ({ last }) => last.exchange.failure?.kind.endsWith('_timeout') ?? false,
      eventsInOrder ? subjectOf(announcement) : undefined,
    );
  }

  /** Starts no more requests. */
  stop(): void {
    for (const limiter of Object.values(this.limiters)) limiter.stop();
  }
}

/** What an event is about: a task, or else its resource, such as a worker. An assignment callback has no other one to wait for. */
function subjectOf({ kind, parameters }: Announcement): string | undefined {
  return kind === 'event' ? (parameters.TaskSid ?? parameters.ResourceSid) : undefined;
}
