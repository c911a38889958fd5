import type { ControlClient } from './control-client';
import { type Entry, type EventEntry, entryOf, type ServiceState } from './entries';
import { type Connection, LiveStream, type StreamOptions } from './live-stream';
import { NameIndex } from './name-index';
import { restartedTour, type Tour, tourAfter, tourInRun } from './tour';
import { type KeyValueStorage, loadTour, saveTour } from './tour-storage';

/** What the page shows; replaced as a whole whenever something changes. */
export interface SessionState {
  readonly connection: Connection;
  /** In the order in which they happened. */
  readonly entries: readonly Entry[];
  readonly service: ServiceState | null;
  readonly tour: Tour;
  /** Entries that came since the list was paused; null while it is not. */
  readonly heldBack: readonly Entry[] | null;
}

export interface SessionOptions extends StreamOptions {
  readonly client: ControlClient;
  readonly storage: KeyValueStorage | null;
  /** Calls back before the next picture is drawn. */
  nextFrame(action: () => void): void;
}

/** Our choice: what one looks back on; the service keeps no more of each kind either. */
const mostEntries = 4000;

/** Follows the stream and keeps what it tells, whatever the page looks like. */
export class InspectorSession {
  readonly names = new NameIndex();
  readonly client: ControlClient;
  private readonly stream: LiveStream;
  private readonly listeners = new Set<() => void>();
  private current: SessionState;
  private isAnnounced = false;

  constructor(private readonly needs: SessionOptions) {
    this.client = needs.client;
    this.stream = new LiveStream(
      { message: this.receive, connection: (connection) => this.change({ connection }) },
      needs,
    );
    this.current = {
      connection: { state: 'connecting' },
      entries: [],
      service: null,
      tour: loadTour(needs.storage),
      heldBack: null,
    };
  }

  get state(): SessionState {
    return this.current;
  }

  /** Calls `listener` after changes, at most once for each picture; answers how to stop that. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** A tab that nobody sees needs no stream; browsers have few connections to give. */
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
    else if (type === 'begin') this.begin(data as { run: string; resumed: boolean });
    else if (type === 'event') this.changeTour(tourAfter(this.current.tour, data as EventEntry));
    else if (type === 'state') this.takeState(data as ServiceState);
    else if (type === 'cleared') this.forget();
  };

  private begin({ run, resumed }: { readonly run: string; readonly resumed: boolean }): void {
    this.changeTour(tourInRun(this.current.tour, run));
    if (!resumed) this.forgetEntries();
  }

  private add(entry: Entry): void {
    this.names.learn(entry);
    const { entries, heldBack } = this.current;
    if (heldBack) this.change({ heldBack: appended(heldBack, entry) });
    else this.change({ entries: appended(entries, entry) });
  }

  private takeState(service: ServiceState): void {
    this.change({ service });
    const { tour } = this.current;
    // A service that keeps nothing was started again, and the task of the tour is gone.
    const isGone =
      tour.taskSid !== null && tour.reached.completed === undefined && service.counts.tasks === 0;
    if (isGone) this.changeTour(restartedTour(tour));
  }

  private forget(): void {
    this.forgetEntries();
    this.changeTour(restartedTour(this.current.tour));
  }

  private forgetEntries(): void {
    this.change({ entries: [], heldBack: this.current.heldBack && [] });
  }

  private changeTour(tour: Tour): void {
    if (tour === this.current.tour) return;
    this.change({ tour });
    saveTour(this.needs.storage, tour);
  }

  private change(part: Partial<SessionState>): void {
    this.current = { ...this.current, ...part };
    if (this.isAnnounced) return;
    this.isAnnounced = true;
    this.needs.nextFrame(() => {
      this.isAnnounced = false;
      for (const listener of this.listeners) listener();
    });
  }
}

function appended(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  return [...entries.slice(-mostEntries + 1), entry];
}
