import { readSnapshot, type Snapshot } from './read-snapshot';
import { withoutCallbacks } from './without-callbacks';

export interface LoadOptions {
  /** The name of the file, for messages. */
  readonly name?: string | undefined;
  /** Sends the callbacks that were waiting to be sent, and keeps callback URLs on other computers. Default: false. */
  readonly callbacks?: boolean | undefined;
}

/** What was loaded, as `/_taskrouter/snapshot` responds. */
export interface LoadedSnapshot {
  /** The time of the snapshot, in ISO 8601 and as Unix milliseconds. */
  readonly date: string;
  readonly date_ms: number;
  readonly workspaces: readonly { readonly sid: string; readonly friendly_name: string }[];
  readonly counts: Readonly<Record<'workers' | 'tasks' | 'reservations' | 'events', number>>;
  readonly dropped_callbacks: number;
  readonly removed_callback_urls: number;
}

/**
 * The contents for the store of a service, checked.
 * @param accountSid of the service
 * @throws SnapshotRefused
 */
export function prepareSnapshot(
  text: string,
  accountSid: string,
  { name = 'The snapshot', callbacks = false }: LoadOptions = {},
): { readonly snapshot: Snapshot; readonly loaded: LoadedSnapshot } {
  const whole = readSnapshot(text, name, accountSid);
  const { snapshot, droppedCallbacks, removedUrls } = callbacks
    ? { snapshot: whole, droppedCallbacks: 0, removedUrls: 0 }
    : withoutCallbacks(whole);
  const { rows, events, time } = snapshot;
  const loaded = {
    date: new Date(time).toISOString(),
    date_ms: time,
    workspaces: rows.workspaces.map(({ sid, friendlyName }) => ({ sid, friendly_name: friendlyName })),
    counts: {
      workers: rows.workers.length,
      tasks: rows.tasks.length,
      reservations: rows.reservations.length,
      events: events.length,
    },
    dropped_callbacks: droppedCallbacks,
    removed_callback_urls: removedUrls,
  };
  return { snapshot, loaded };
}
