import type { CallbackEntry } from '../taskrouter/inspector/callback-log';
import type { TaskRouterEvent } from '../taskrouter/model/events';
import type { TaskRouterService } from '../taskrouter/start';
import type { TaskRouterEvent as PublishedEvent, SentCallback } from './contract';

/** Keeps every callback and event of an instance. Its own log and store delete old ones. */
export class Records {
  readonly #callbacks: CallbackEntry[] = [];
  readonly #events: TaskRouterEvent[];

  constructor({ callbackLog, taskRouter }: TaskRouterService) {
    // Those of a snapshot.
    this.#events = taskRouter.store.eventsAfter(0, Number.MAX_SAFE_INTEGER);
    callbackLog.onEntry((entry) => this.#callbacks.push(entry));
    taskRouter.onCommit(({ events }) => this.#events.push(...events));
  }

  callbacks(filter: Partial<Pick<SentCallback, 'kind' | 'taskSid' | 'callSid'>> = {}): SentCallback[] {
    const names = ['kind', 'taskSid', 'callSid'] as const;
    return this.#callbacks
      .filter((entry) => names.every((name) => filter[name] === undefined || entry[name] === filter[name]))
      .map(sentCallback);
  }

  events({ type, taskSid }: { type?: string; taskSid?: string } = {}): PublishedEvent[] {
    return this.#events
      .filter((event) => type === undefined || event.type === type)
      .filter((event) => taskSid === undefined || event.fields.TaskSid === taskSid)
      .map(publishedEvent);
  }
}

/** Without the duration of the requests, which is the only thing that differs between two runs. */
function sentCallback(entry: CallbackEntry): SentCallback {
  const { kind, taskSid, workerSid, reservationSid, callSid, eventType, outcome } = entry;
  const requests = entry.attempts.map(({ method, role, url, request, response, error, alert }) => ({
    method,
    role,
    url,
    ...request,
    response: response && { status: response.status, body: response.body },
    error: error && `${error.kind}: ${error.message}`,
    alert: alert && { code: alert.code, message: alert.message },
  }));
  return {
    kind,
    at: new Date(entry.at),
    taskSid,
    workerSid,
    reservationSid,
    callSid,
    eventType,
    outcome,
    requests,
  };
}

function publishedEvent(event: TaskRouterEvent): PublishedEvent {
  const { sid, type, description, workspaceSid, resourceType, resourceSid, fields } = event;
  return {
    sid,
    type,
    description,
    date: new Date(event.date),
    workspaceSid,
    resourceType,
    resourceSid,
    fields,
  };
}
