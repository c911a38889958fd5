import fc from 'fast-check';
import { applyWorkspace, planChanges } from '../../src/workspace/apply/apply';
import { type DesiredWorkspace, workspaceFaults } from '../../src/workspace/file/desired';
import { fileText, pullWorkspace } from '../../src/workspace/pull/pull';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';
import { generatedWorkspace } from './generated-workspace';

const functionsUrl = 'http://127.0.0.1:3000';
/**
 * The runs are the same every time. Remove the seed to search further. Failures are not shrunk, because that
 * would take minutes.
 */
const runs = { numRuns: 12, seed: 20_261_122, endOnFailure: true };

/** Each workspace in its own TaskRouter, accessed through the official client. */
async function inside(work: (taskRouter: TestTaskRouter) => Promise<void>): Promise<void> {
  const taskRouter = await startTestTaskRouter();
  try {
    await work(taskRouter);
  } finally {
    await taskRouter.close();
  }
}

jest.setTimeout(60_000);

it('finds only deletions, and then nothing, after applying any other file first', async () => {
  await fc.assert(
    fc.asyncProperty(generatedWorkspace, generatedWorkspace, async (before, after) => {
      const desired = withActivitiesAsIn(before, { ...after, friendlyName: before.friendlyName });
      await inside(async ({ client }) => {
        await applyWorkspace({ client, desired: before, functionsUrl });
        await applyWorkspace({ client, desired, functionsUrl });
        expect((await planChanges({ client, desired, functionsUrl })).changes).toEqual([]);
        await applyWorkspace({ client, desired, functionsUrl, prune: true });
        const { changes, extras } = await planChanges({ client, desired, functionsUrl, prune: true });
        expect({ changes, extras }).toEqual({ changes: [], extras: [] });
      });
    }),
    runs,
  );
});

/** The availability of an activity cannot change. */
function withActivitiesAsIn(before: DesiredWorkspace, after: DesiredWorkspace): DesiredWorkspace {
  return {
    ...after,
    activities: after.activities.map((activity) => ({
      ...activity,
      available:
        before.activities.find(({ friendlyName }) => friendlyName === activity.friendlyName)?.available ??
        activity.available,
    })),
  };
}

it('finds nothing to do after applying any file, and pulls a file that creates the same in another account', async () => {
  await fc.assert(
    fc.asyncProperty(generatedWorkspace, async (desired) => {
      expect(workspaceFaults(desired)).toEqual([]);
      await inside(async ({ client }) => {
        await applyWorkspace({ client, desired, functionsUrl });
        expect((await planChanges({ client, desired, functionsUrl })).changes).toEqual([]);
        const pulled = await pullWorkspace(client, {}, functionsUrl);
        expect(pulled.faults).toEqual([]);
        const { changes, notes, extras } = await planChanges({
          client,
          desired: pulled.desired,
          functionsUrl,
        });
        expect({ changes, notes, extras }).toEqual({ changes: [], notes: [], extras: [] });
        expect(fileText(pulled)).not.toMatch(/\b(?:WS|WA|WK|WQ|WW|TC)[0-9a-f]{32}\b/);
        await inside(async (elsewhere) => {
          await applyWorkspace({ client: elsewhere.client, desired: pulled.desired, functionsUrl });
          expect(fileText(await pullWorkspace(elsewhere.client, {}, functionsUrl))).toBe(fileText(pulled));
        });
      });
    }),
    runs,
  );
});
