import type { Task } from '../../src/taskrouter/model/entities';
import { openDataDirectory } from '../../src/taskrouter/store/data-directory';
import { startInProcess } from '../../src/testkit/start-in-process';
import { countingSids } from '../support/counting-sids';
import { workspaceWithAlice } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';

const hour = 3_600_000;
const realNow = Date.now;
const setClock = (byMs: number) => jest.spyOn(Date, 'now').mockImplementation(() => realNow() + byMs);

afterEach(() => jest.restoreAllMocks());
afterAll(removeFolders);

const directory = temporaryFolder();
const newSid = countingSids();
/** A run on this computer's clock. */
const life = () =>
  startInProcess({
    ...testAccount,
    accountSid: testAccount.sid,
    newSid,
    startsAt: null,
    store: openDataDirectory(directory),
  });

it("never writes an earlier date when the computer's clock goes back, across restarts too", async () => {
  const before = await life();
  const { workspace } = await workspaceWithAlice(before.client);
  const { sid } = await workspace.tasks.create({ attributes: '{}' });
  const taskIn = ({ service }: typeof before) => service.taskRouter.view.find('tasks', sid) as Task;
  const { dateCreated } = taskIn(before);

  setClock(-hour);
  await workspace.tasks(sid).update({ attributes: '{"updated":1}' });
  const { dateUpdated } = taskIn(before);
  expect(dateUpdated).toBeGreaterThanOrEqual(dateCreated);
  await before.close();

  const after = await life();
  const { workspaceSid } = taskIn(after);
  await after.client.taskrouter.v1
    .workspaces(workspaceSid)
    .tasks(sid)
    .update({ attributes: '{"updated":2}' });
  expect(taskIn(after).dateUpdated).toBeGreaterThanOrEqual(dateUpdated);

  setClock(hour);
  await after.client.taskrouter.v1
    .workspaces(workspaceSid)
    .tasks(sid)
    .update({ attributes: '{"updated":3}' });
  expect(taskIn(after).dateUpdated).toBeGreaterThanOrEqual(realNow() + hour - 60_000);
  const events = after.service.taskRouter.store.events({ workspaceSid, limit: 100 }).reverse();
  const dates = events.map(({ date }) => date);
  expect(dates).toEqual(dates.toSorted((one, other) => one - other));
  await after.close();
});
