/** What the stream tells, as `/_taskrouter/stream` formats it. */

export type Texts = Readonly<Record<string, string>>;

interface Subject {
  readonly id: number;
  readonly task_sid: string | null;
  readonly worker_sid: string | null;
}

export interface RequestEntry extends Subject {
  readonly type: 'request';
  readonly at: string;
  readonly duration_ms: number;
  readonly method: string;
  readonly operation: string | null;
  readonly path: string;
  readonly url: string;
  readonly headers: Texts;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** What was sent instead of a form. */
  readonly body: string | null;
  readonly status: number;
  readonly error_code: number | null;
  readonly answer: unknown;
  readonly alert_id: number | null;
}

export interface Attempt {
  readonly url: string;
  readonly role: 'primary' | 'fallback';
  readonly try: number;
  readonly started_at: string;
  readonly duration_ms: number;
  readonly limits: { readonly connect_ms: number; readonly read_ms: number; readonly total_ms: number };
  readonly request: { readonly headers: Texts; readonly parameters: Texts; readonly signed: string };
  readonly response: { readonly status: number; readonly headers: Texts; readonly body: string } | null;
  readonly error: { readonly kind: string; readonly message: string } | null;
  readonly alert: {
    readonly code: number;
    readonly level: string;
    readonly message: string;
    readonly remedy: string;
  } | null;
}

export interface CallbackEntry extends Subject {
  readonly type: 'callback';
  readonly kind: 'assignment' | 'event';
  readonly at: string;
  readonly reservation_sid: string | null;
  readonly event_type: string | null;
  readonly outcome: string;
  readonly verdict: unknown;
  readonly replay_of: number | null;
  readonly attempts: readonly Attempt[];
}

export interface AlertEntry extends Subject {
  readonly type: 'alert';
  readonly at: string;
  readonly code: number;
  readonly level: 'error' | 'warning';
  readonly source: string;
  readonly detail: string;
  readonly remedy: string;
  readonly more_info: string;
  readonly callback_id: number | null;
}

export type Entry = RequestEntry | CallbackEntry | AlertEntry;

/** What happened in TaskRouter. */
export interface EventEntry extends Subject {
  readonly at: string;
  readonly event_type: string;
  readonly task_status: string | null;
  readonly worker_name: string | null;
  readonly reservation_sid: string | null;
}

export interface ClockState {
  readonly mode: 'system' | 'virtual';
  readonly running: boolean;
  readonly now_ms: number;
  readonly next_deadline_ms: number | null;
}

export interface ServiceState {
  readonly account_sid: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly tasks_by_status: Readonly<Record<string, number>>;
  readonly workers_by_availability: { readonly available: number; readonly unavailable: number };
  readonly clock: ClockState;
  readonly functions_url: string | null;
  readonly can_reset: boolean;
}

const ours: readonly string[] = ['request', 'callback', 'alert'];

/** An entry of the list from a message of the stream; undefined for what is not shown. */
export function entryOf(type: string, data: object): Entry | undefined {
  if (!ours.includes(type)) return undefined;
  // An alert tells its time under another name than the others.
  const { date } = data as { date?: string };
  return { ...data, type, ...(date !== undefined && { at: date }) } as unknown as Entry;
}
