import type { Call } from '../../../assets/calls/call';
import { type CallMap, withCall } from '../../../assets/calls/call-map';
import { reachableUrl } from '../../../assets/design/reachable-url';
import type { ControlClient } from './control-client';
import { type Entry, type EventEntry, entryOf, type ServiceState } from './entries';
import { type Connection, LiveStream, type StreamOptions } from './live-stream';
import { NameIndex } from './name-index';
import { advanceTour, restartedTour, type Tour, tourInRun } from './tour';
import { type KeyValueStorage, loadTour, saveTour } from './tour-storage';

/** What the page shows. Immutable: each change makes a new one. */
export interface SessionState {
  readonly connection: Connection;
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly calls: CallMap;
  readonly service: ServiceState | null;
  readonly tour: Tour;
  /** Entries since the list was paused; null if it is not paused. */
  readonly heldBack: readonly Entry[] | null;
}

interface SessionOptions extends StreamOptions {
  readonly client: ControlClient;
  /** Of this page, for links to the Functions. */
  readonly pageUrl: string;
  readonly storage: KeyValueStorage | null;
  /** Calls back before the next repaint. */
  nextFrame(action: () => void): void;
}

/** Our choice: the service does not keep more of any kind either. */
const maxEntries = 4000;

/** The state of the page, kept up to date by the stream. */
export class InspectorSession {
  readonly names = new NameIndex();
  readonly client: ControlClient;
  private readonly stream: LiveStream;
  private readonly listeners = new Set<() => void>();
  private current: SessionState;
  private isNotifying = false;

  constructor(private readonly options: SessionOptions) {
    this.client = options.client;
    this.stream = new LiveStream(
      { message: this.receive, connection: (connection) => this.change({ connection }) },
      options,
    );
    this.current = {
      connection: { state: 'connecting' },
      entries: [],
      calls: new Map(),
      service: null,
      tour: loadTour(options.storage),
      heldBack: null,
    };
  }

  get state(): SessionState {
    return this.current;
  }

  /** Calls `listener` after changes, at most once per frame. @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** A hidden tab needs no stream, and browsers limit the connections per host. */
  visibilityChanged(isVisible: boolean): void {
    if (isVisible) this.stream.open();
    else this.stream.close();
  }

  setPaused(isPaused: boolean): void {
    const { heldBack } = this.current;
    if (isPaused === (heldBack !== null)) return;
    if (isPaused) this.change({ heldBack: [] });
    else this.change({ heldBack: null, entries: [...this.current.entries, ...(heldBack ?? [])] });
  }

  restartTour(): void {
    this.changeTour(restartedTour(this.current.tour));
  }

  private readonly receive = (type: string, data: object): void => {
    const entry = entryOf(type, data);
    if (entry) this.add(entry);
    else if (type === 'call') this.change({ calls: withCall(this.current.calls, data as Call) });
    else if (type === 'begin') this.begin(data as { run: string; resumed: boolean });
    else if (type === 'event') this.changeTour(advanceTour(this.current.tour, data as EventEntry));
    else if (type === 'state') this.receiveState(data as ServiceState);
    else if (type === 'cleared') this.clear();
  };

  private begin({ run, resumed }: { readonly run: string; readonly resumed: boolean }): void {
    this.changeTour(tourInRun(this.current.tour, run));
    if (!resumed) this.clearEntries();
  }

  private add(entry: Entry): void {
    this.names.add(entry);
    const { entries, heldBack } = this.current;
    if (heldBack) this.change({ heldBack: appended(heldBack, entry) });
    else this.change({ entries: appended(entries, entry) });
  }

  private receiveState(received: ServiceState): void {
    const { functions_url: url } = received;
    const service = { ...received, functions_url: url && reachableUrl(url, this.options.pageUrl) };
    this.change({ service });
    const { tour } = this.current;
    // A restart without a data directory, or a reset, removes the task of the tour.
    const isGone =
      tour.taskSid !== null && tour.reached.completed === undefined && service.counts.tasks === 0;
    if (isGone) this.changeTour(restartedTour(tour));
  }

  private clear(): void {
    this.clearEntries();
    this.changeTour(restartedTour(this.current.tour));
  }

  private clearEntries(): void {
    this.change({ entries: [], calls: new Map(), heldBack: this.current.heldBack && [] });
  }

  private changeTour(tour: Tour): void {
    if (tour === this.current.tour) return;
    this.change({ tour });
    saveTour(this.options.storage, tour);
  }

  private change(part: Partial<SessionState>): void {
    this.current = { ...this.current, ...part };
    if (this.isNotifying) return;
    this.isNotifying = true;
    this.options.nextFrame(() => {
      this.isNotifying = false;
      for (const listener of this.listeners) listener();
    });
  }
}

function appended(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  return [...entries.slice(-maxEntries + 1), entry];
}
