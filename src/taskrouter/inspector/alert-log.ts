import type { Alert } from '../model/alerts';
import { remedyFor } from '../model/remedies';
import { Log } from './log';
import { withoutSecrets } from './mask';

/** An alert as it is handed in. */
export interface NewAlert extends Alert {
  /** Unix milliseconds. */
  readonly at: number;
  /** Who noticed: the routing rules, a callback, or a request to the REST API. */
  readonly source: 'engine' | 'callback' | 'api';
  readonly taskSid?: string | null | undefined;
  readonly workerSid?: string | null | undefined;
  /** The callback that led to it, by its id in the log of callbacks. */
  readonly callbackId?: number | null | undefined;
}

/** An alert as the debugger's list keeps it. */
export interface AlertEntry extends NewAlert {
  readonly id: number;
  readonly taskSid: string | null;
  readonly workerSid: string | null;
  readonly callbackId: number | null;
  readonly remedy: string;
}

export interface AlertQuery {
  readonly code?: number | undefined;
  readonly level?: Alert['level'] | undefined;
  readonly workspaceSid?: string | undefined;
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly limit?: number | undefined;
}

/** What Twilio's debugger would list, each with a remedy; in memory, the newest only. */
export class AlertLog extends Log<AlertEntry> {
  add(alert: NewAlert): AlertEntry {
    const { taskSid, workerSid, resourceSid } = alert;
    const entry: AlertEntry = {
      ...alert,
      id: this.nextId(),
      taskSid: taskSid ?? (resourceSid.startsWith('WT') ? resourceSid : null),
      workerSid: workerSid ?? (resourceSid.startsWith('WK') ? resourceSid : null),
      callbackId: alert.callbackId ?? null,
      remedy: alert.remedy ?? remedyFor(alert.code),
    };
    return this.keep(withoutSecrets(entry, this.secrets));
  }

  /** Newest first. */
  list({ limit = Number.POSITIVE_INFINITY, ...query }: AlertQuery = {}): AlertEntry[] {
    return this.newest((entry) => matches(entry, query), limit);
  }
}

function matches(entry: AlertEntry, query: AlertQuery): boolean {
  const wanted = ['code', 'level', 'workspaceSid', 'taskSid', 'workerSid'] as const;
  return wanted.every((name) => query[name] === undefined || entry[name] === query[name]);
}
