import type { Journal } from '../inspector/journal';
import type { TaskRouter } from '../taskrouter';

/** What the metrics are taken from. */
export interface MetricsSources {
  readonly taskRouter: TaskRouter;
  readonly journal: Journal;
}

/** A request to the REST API that has been responded to. */
export interface ObservedRequest {
  /** The operation ID in Twilio's OpenAPI description; empty for other paths. */
  readonly operation: string;
  readonly status: number;
  readonly durationMs: number;
}

/** Counts and measures what the service does. */
export interface Metrics {
  readonly contentType: string;
  observeRequest(request: ObservedRequest): void;
  /** All metrics in the Prometheus text format. */
  text(): Promise<string>;
}
