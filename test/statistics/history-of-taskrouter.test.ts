import { VirtualClock } from '../../src/system/virtual-clock';
import { Engine } from '../../src/taskrouter/engine/engine';
import { workspaceCumulative } from '../../src/taskrouter/statistics/cumulative';
import { EventHistory } from '../../src/taskrouter/statistics/event-history';
import { openDataDirectory } from '../../src/taskrouter/store/data-directory';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import type { Store } from '../../src/taskrouter/store/store';
import { TaskRouter } from '../../src/taskrouter/taskrouter';
import { temporaryDirectories } from '../store/temporary-directory';
import { countingSids } from '../support/counting-sids';

const newDirectory = temporaryDirectories();
const stores: [string, () => Store][] = [
  ['memory', () => new MemoryStore()],
  ['SQLite', () => openDataDirectory(newDirectory())],
];

describe.each(stores)('with the %s store', (_name, openStore) => {
  const start = 1_700_000_000_000;
  let store: Store;
  let taskRouter: TaskRouter;
  let history: EventHistory;
  let newSid = countingSids();

  beforeEach(async () => {
    store = openStore();
    const engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: (prefix) => newSid(prefix) });
    taskRouter = new TaskRouter(engine, store, new VirtualClock(start, async () => undefined));
    await taskRouter.start();
    history = new EventHistory(taskRouter);
  });
  afterEach(async () => {
    await taskRouter.stop();
    store.close();
  });

  /** A workspace with these SIDs each time. */
  async function createWorkspace(): Promise<string> {
    newSid = countingSids();
    const { sid } = await taskRouter.execute({ type: 'CreateWorkspace', friendlyName: 'Counted' });
    const queue = { type: 'CreateTaskQueue', workspaceSid: sid, friendlyName: 'Everybody' } as const;
    const { sid: queueSid } = await taskRouter.execute(queue);
    const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queueSid } } });
    const workflow = {
      type: 'CreateWorkflow',
      workspaceSid: sid,
      friendlyName: 'All',
      configuration,
    } as const;
    await taskRouter.execute(workflow);
    return sid;
  }

  const createTasks = (workspaceSid: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, () => taskRouter.execute({ type: 'CreateTask', workspaceSid })),
    );
  const tasksCreated = async (workspaceSid: string) => {
    const window = { from: start, to: start };
    const request = { workspaceSid, window, taskChannel: undefined, thresholds: [] };
    return (await workspaceCumulative(history, request)).tasksArrived;
  };

  it('counts what was written before the first request, and what is decided during a request', async () => {
    const workspaceSid = await createWorkspace();
    await createTasks(workspaceSid, 300);
    const first = tasksCreated(workspaceSid);
    const writing = createTasks(workspaceSid, 40);
    await Promise.all([first, writing]);
    expect(await tasksCreated(workspaceSid)).toBe(340);
    const more = createTasks(workspaceSid, 2);
    expect(await tasksCreated(workspaceSid)).toBe(342);
    await more;
    expect(await tasksCreated(workspaceSid)).toBe(342);
  });

  it('counts from zero after everything was deleted, although the SIDs are the same', async () => {
    const workspaceSid = await createWorkspace();
    await createTasks(workspaceSid, 3);
    expect(await tasksCreated(workspaceSid)).toBe(3);
    await taskRouter.clear();
    expect(await createWorkspace()).toBe(workspaceSid);
    await createTasks(workspaceSid, 1);
    expect(await tasksCreated(workspaceSid)).toBe(1);
  });
});
