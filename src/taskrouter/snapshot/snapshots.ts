import { VirtualClock } from '../../system/virtual-clock';
import { InvalidParameter } from '../model/errors';
import type { StoreContents } from '../store/store';
import type { TaskRouter } from '../taskrouter';
import { clockObstacle } from './clock-obstacle';
import { type LoadedSnapshot, type LoadOptions, prepareSnapshot } from './prepare-snapshot';
import { SnapshotRefused } from './snapshot-refused';
import { writeSnapshot } from './write-snapshot';

interface SnapshotsOptions {
  readonly taskRouter: TaskRouter;
  readonly accountSid: string;
  /** Texts to mask wherever they are, such as the auth token. */
  readonly secrets: readonly string[];
  /** Replaces the state, and sets a virtual clock to its time. */
  readonly replace: (contents: StoreContents) => Promise<void>;
}

/** Saves the whole state of a running service, and replaces it. */
export class Snapshots {
  private lastLoad: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SnapshotsOptions) {}

  /** The text of a snapshot, in parts. @throws Error if the state is replaced meanwhile */
  async *save(): AsyncGenerator<string, void> {
    const { taskRouter, accountSid, secrets } = this.options;
    let isReplaced = false;
    const stopListening = taskRouter.onClear(() => {
      isReplaced = true;
    });
    try {
      const contents = await taskRouter.contents();
      for await (const part of writeSnapshot({ contents, store: taskRouter.store, accountSid, secrets })) {
        if (isReplaced) throw new Error('The state was replaced while it was saved. Save it again.');
        yield part;
      }
    } finally {
      stopListening();
    }
  }

  /**
   * Replaces the state. A virtual clock then stands still at the time of the snapshot.
   * @throws InvalidParameter if the snapshot, or the clock of the service, is not suitable; nothing has changed then
   */
  load(text: string, options: LoadOptions = {}): Promise<LoadedSnapshot> {
    const loaded = this.lastLoad.then(() => this.loadNow(text, options));
    this.lastLoad = loaded.catch(() => undefined);
    return loaded;
  }

  private async loadNow(text: string, options: LoadOptions): Promise<LoadedSnapshot> {
    const { taskRouter, accountSid, replace } = this.options;
    const { snapshot, loaded } = orInvalid(() => prepareSnapshot(text, accountSid, options));
    const { clock } = taskRouter;
    const obstacle = clockObstacle(snapshot, { isVirtual: clock instanceof VirtualClock, now: clock.now() });
    if (obstacle) throw new InvalidParameter(obstacle);
    await replace(snapshot);
    return loaded;
  }
}

function orInvalid<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof SnapshotRefused ? new InvalidParameter(error.message) : error;
  }
}
