import { type AlertEntry, AlertLog } from './alert-log';
import { type CallbackEntry, CallbackLog } from './callback-log';
import { alertEntryToJson, callbackEntryToJson, eventEntryToJson, requestEntryToJson } from './entry-json';
import { type EventEntry, EventLog } from './event-log';
import { withoutSecrets } from './mask';
import { type RequestEntry, RequestLog } from './request-log';

/** An entry of any of the logs. An `event` is a TaskRouter event; its callback is a `callback`. */
export type JournalEntry =
  | { readonly type: 'request'; readonly entry: RequestEntry }
  | { readonly type: 'callback'; readonly entry: CallbackEntry }
  | { readonly type: 'alert'; readonly entry: AlertEntry }
  | { readonly type: 'event'; readonly entry: EventEntry };

/**
 * Everything that the inspector shows: requests, callbacks, alerts, and events. They share one sequence of IDs, so a reader
 * can resume after any entry.
 */
export class Journal {
  /** The ID of the newest entry; 0 before the first. */
  lastId = 0;
  private readonly nextId = () => {
    this.lastId += 1;
    return this.lastId;
  };
  readonly requests = new RequestLog({ nextId: this.nextId });
  readonly callbacks: CallbackLog;
  readonly alerts: AlertLog;
  readonly events = new EventLog({ nextId: this.nextId });
  private readonly clearListeners = new Set<() => void>();

  /** @param secrets texts to mask everywhere, such as the auth token */
  constructor(private readonly secrets: readonly string[]) {
    this.callbacks = new CallbackLog({ secrets, nextId: this.nextId });
    this.alerts = new AlertLog({ secrets, nextId: this.nextId });
  }

  /** Calls `listener` for each new entry. @returns a function that removes the listener */
  onEntry(listener: (entry: JournalEntry) => void): () => void {
    const stops = [
      this.requests.onEntry((entry) => listener({ type: 'request', entry })),
      this.callbacks.onEntry((entry) => listener({ type: 'callback', entry })),
      this.alerts.onEntry((entry) => listener({ type: 'alert', entry })),
      this.events.onEntry((entry) => listener({ type: 'event', entry })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Calls `listener` after `clear`. @returns a function that removes the listener */
  onClear(listener: () => void): () => void {
    this.clearListeners.add(listener);
    return () => void this.clearListeners.delete(listener);
  }

  /** The stored entries after an ID, in order. */
  since(id: number): JournalEntry[] {
    const entries: JournalEntry[] = [
      ...this.requests.since(id).map((entry) => ({ type: 'request' as const, entry })),
      ...this.callbacks.since(id).map((entry) => ({ type: 'callback' as const, entry })),
      ...this.alerts.since(id).map((entry) => ({ type: 'alert' as const, entry })),
      ...this.events.since(id).map((entry) => ({ type: 'event' as const, entry })),
    ];
    return entries.sort((left, right) => left.entry.id - right.entry.id);
  }

  /** Whether all entries after an ID are still stored. */
  isCompleteSince(id: number): boolean {
    const logs = [this.requests, this.callbacks, this.alerts, this.events];
    return logs.every((log) => log.forgottenUpTo <= id);
  }

  toJson({ type, entry }: JournalEntry): object {
    if (type === 'request') return requestEntryToJson(entry, this.secrets);
    if (type === 'callback') return callbackEntryToJson(entry);
    if (type === 'alert') return alertEntryToJson(entry);
    return withoutSecrets(eventEntryToJson(entry), this.secrets);
  }

  clear(): void {
    for (const log of [this.requests, this.callbacks, this.alerts, this.events]) log.clear();
    for (const listener of this.clearListeners) listener();
  }
}
