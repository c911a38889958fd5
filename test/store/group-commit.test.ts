import { VirtualClock } from '../../src/system/virtual-clock';
import { Engine } from '../../src/taskrouter/engine/engine';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import { type CommitBatch, StoreFailed } from '../../src/taskrouter/store/store';
import { type Commit, TaskRouter } from '../../src/taskrouter/taskrouter';
import { countingSids } from '../support/counting-sids';

/** A store whose commits wait until the test lets them through or fails them. */
class SlowStore extends MemoryStore {
  readonly waiting: { readonly batch: CommitBatch; succeed(): void; fail(error: Error): void }[] = [];
  isSlow = false;

  override async commitBatch(batch: CommitBatch): Promise<void> {
    if (this.isSlow) await new Promise<void>((succeed, fail) => this.waiting.push({ batch, succeed, fail }));
    await super.commitBatch(batch);
  }
}

let store: SlowStore;
let taskRouter: TaskRouter;
let commits: Commit[];
const failures: Error[] = [];

beforeEach(async () => {
  store = new SlowStore();
  const engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: countingSids() });
  taskRouter = new TaskRouter(engine, store, new VirtualClock(0), (failure) => failures.push(failure));
  await taskRouter.start();
  commits = [];
  taskRouter.onCommit((commit) => commits.push(commit));
  failures.length = 0;
  store.isSlow = true;
});

const create = (friendlyName: string) => taskRouter.execute({ type: 'CreateWorkspace', friendlyName });
const names = () => taskRouter.read((view) => [...view.all('workspaces')].map((row) => row.friendlyName));

/** Waits several turns of the event loop. */
async function turns(count = 5): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Whether a promise has settled after several turns. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  await turns();
  return settled;
}

describe('a commit that takes its time', () => {
  it('collects what is decided meanwhile in the next one', async () => {
    const first = create('One');
    await turns();
    const others = [create('Two'), create('Three')];
    await turns();
    expect(store.waiting).toHaveLength(1);
    store.waiting[0]?.succeed();
    await first;
    await turns();
    expect(store.waiting).toHaveLength(2);
    store.waiting[1]?.succeed();
    await Promise.all(others);
    expect(commits).toHaveLength(2);
  });

  it('is not acknowledged, announced, or read before it is durable', async () => {
    const created = create('One');
    await turns();
    const read = names();
    expect(await isSettled(created)).toBe(false);
    expect(await isSettled(read)).toBe(false);
    expect(commits).toEqual([]);
    store.waiting[0]?.succeed();
    await created;
    expect(await read).toEqual(['One']);
    expect(commits).toHaveLength(1);
  });

  it('holds back a refusal that depends on it', async () => {
    const created = create('One');
    await turns();
    const refused = taskRouter.execute({ type: 'DeleteWorkspace', workspaceSid: 'WSunknown' });
    expect(await isSettled(refused)).toBe(false);
    store.waiting[0]?.succeed();
    await created;
    await expect(refused).rejects.toThrow();
  });

  it('is waited for when the service stops', async () => {
    const created = create('One');
    const stopped = taskRouter.stop();
    expect(await isSettled(stopped)).toBe(false);
    store.waiting[0]?.succeed();
    await Promise.all([created, stopped]);
  });

  it('rejects everything that waits for it when it fails, and nothing is accepted afterwards', async () => {
    const first = create('One');
    await turns();
    const waiting = [create('Two'), names()].map((promise) => expect(promise).rejects.toThrow(StoreFailed));
    store.waiting[0]?.fail(new StoreFailed('no space left'));
    await expect(first).rejects.toThrow(StoreFailed);
    await Promise.all(waiting);
    await expect(create('Three')).rejects.toThrow(StoreFailed);
    await taskRouter.stop();
    expect([failures.length, commits.length]).toEqual([1, 0]);
  });
});

describe('clearing', () => {
  it('deletes what is being written, and keeps what is decided afterwards', async () => {
    const first = create('One');
    await turns();
    const cleared = taskRouter.clear();
    store.waiting[0]?.succeed();
    await Promise.all([first, cleared]);
    const second = create('Two');
    await turns();
    store.waiting[1]?.succeed();
    await second;
    expect(await names()).toEqual(['Two']);
    expect(store.load().rows.workspaces.map((row) => row.friendlyName)).toEqual(['Two']);
  });
});
