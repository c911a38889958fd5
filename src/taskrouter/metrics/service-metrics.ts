import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics, MetricsSources, ObservedRequest } from '../http/metrics';
import type { CallbackEntry } from '../inspector/callback-log';
import type { Commit } from '../taskrouter';

/** Seconds. A commit waits for the disk, so its times are between a memory write and a slow disk. */
const commitBuckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
/** Seconds. */
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
/** Seconds. Up to the time limit of event callbacks. */
const callbackBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** Events that are a change of a status or an activity, and not of anything else. */
const isTransition = (type: string) => /^(task\.|reservation\.|worker\.activity\.)/.test(type);

/** The lines that were dropped so far. */
interface DroppedLogLines {
  /** Nobody read them in time. */
  readonly log: number;
  /** Functions logged too many. */
  readonly functions: number;
}

/** Counted here at every request, and only reported to prom-client, which takes 2 µs for a counter with two labels. */
class RequestCounts {
  private readonly byOperation = new Map<string, Map<number, number>>();

  add(operation: string, status: number): void {
    let byStatus = this.byOperation.get(operation);
    if (!byStatus) {
      byStatus = new Map();
      this.byOperation.set(operation, byStatus);
    }
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  }

  report(to: (labels: { operation: string; status: number }, count: number) => void): void {
    for (const [operation, byStatus] of this.byOperation)
      for (const [status, count] of byStatus) to({ operation, status }, count);
  }
}

/**
 * Counts and measures the service, in Prometheus' names and base units: https://prometheus.io/docs/practices/naming.
 * Names and labels are our choice. Beside its own metrics it has those of the process: memory, CPU, and event-loop delay.
 */
export class ServiceMetrics implements Metrics {
  private readonly registry = new Registry();
  private readonly requests = new RequestCounts();
  private readonly requestSeconds = this.histogram(
    'request_duration_seconds',
    'Requests to the REST API.',
    requestBuckets,
  );
  private readonly transitions = this.counter(
    'transitions_total',
    'Changes of a status or an activity, by event.',
    ['type'],
  );
  private readonly callbacks = this.counter('callbacks_total', 'Callbacks that were settled.', [
    'kind',
    'outcome',
  ]);
  private readonly callbackSeconds = this.histogram(
    'callback_duration_seconds',
    'Attempts of callbacks.',
    callbackBuckets,
    ['kind'],
  );
  private readonly commitSeconds = this.histogram(
    'commit_duration_seconds',
    'Writes of the store.',
    commitBuckets,
  );

  constructor({ taskRouter, journal }: MetricsSources, droppedLogLines: () => DroppedLogLines) {
    collectDefaultMetrics({ register: this.registry });
    this.addRequests();
    this.addOutbox(taskRouter);
    this.addDroppedLogLines(droppedLogLines);
    taskRouter.onCommit((commit) => this.observeCommit(commit));
    journal.callbacks.onEntry((entry) => this.observeCallback(entry));
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  observeRequest({ operation, status, durationMs }: ObservedRequest): void {
    this.requests.add(operation, status);
    this.requestSeconds.observe(durationMs / 1000);
  }

  private observeCommit({ events, writeMs }: Commit): void {
    for (const { type } of events) if (isTransition(type)) this.transitions.inc({ type });
    this.commitSeconds.observe(writeMs / 1000);
  }

  private observeCallback({ kind, outcome, attempts }: CallbackEntry): void {
    this.callbacks.inc({ kind, outcome });
    for (const { durationMs } of attempts) this.callbackSeconds.observe({ kind }, durationMs / 1000);
  }

  private addRequests(): void {
    const counter: Counter<'operation' | 'status'> = this.counter(
      'requests_total',
      'Requests to the REST API.',
      ['operation', 'status'],
      () => {
        counter.reset();
        this.requests.report((labels, count) => counter.inc(labels, count));
      },
    );
  }

  private addOutbox({ view, clock }: MetricsSources['taskRouter']): void {
    const waiting: Gauge = this.gauge('outbox_callbacks', 'Callbacks that are not settled.', ['kind'], () => {
      const { assignments, events } = view.outbox();
      waiting.set({ kind: 'assignment' }, assignments);
      waiting.set({ kind: 'event' }, events);
    });
    const oldest: Gauge = this.gauge(
      'outbox_oldest_age_seconds',
      'The age of the oldest of them.',
      [],
      () => {
        const { oldest: date } = view.outbox();
        oldest.set(date === null ? 0 : (clock.now() - date) / 1000);
      },
    );
    const dropped: Gauge = this.gauge('outbox_dropped', 'Event callbacks dropped since the start.', [], () =>
      dropped.set(view.outbox().droppedEvents),
    );
  }

  private addDroppedLogLines(droppedLogLines: () => DroppedLogLines): void {
    const lines: Gauge = this.gauge('log_lines_dropped', 'Dropped lines of the log.', ['source'], () => {
      const { log, functions } = droppedLogLines();
      lines.set({ source: 'log' }, log);
      lines.set({ source: 'functions' }, functions);
    });
  }

  private counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    collect?: () => void,
  ): Counter<Label> {
    return new Counter({
      name: `taskrouter_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      ...(collect && { collect }),
    });
  }

  private histogram<Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly Label[] = [],
  ): Histogram<Label> {
    const registers = [this.registry];
    return new Histogram({
      name: `taskrouter_${name}`,
      help,
      buckets,
      labelNames: [...labelNames],
      registers,
    });
  }

  /** @param collect sets the value when the metrics are read */
  private gauge(name: string, help: string, labelNames: string[], collect: () => void): Gauge {
    return new Gauge({ name: `taskrouter_${name}`, help, labelNames, registers: [this.registry], collect });
  }
}
