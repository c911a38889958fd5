import { startTaskRouter } from '../../src/testkit';

// Seen in bug reports: twilio 6.2 takes an instance's sid from the path of the request, and that of a list has none.
it('an instance that twilio 6.2 lists or creates cannot update itself, and can be updated by its sid', async () => {
  const taskRouter = await startTaskRouter();
  try {
    const { client, workspaceSid, activities } = taskRouter;
    const workspace = client.taskrouter.v1.workspaces(workspaceSid);
    const [worker] = await workspace.workers.list({ friendlyName: 'Alice' });
    const change = { activitySid: activities.Idle as string };
    expect(() => worker?.update(change)).toThrow("Parameter 'sid' is not valid.");
    const updated = await workspace.workers(worker?.sid as string).update(change);
    expect(updated.activityName).toBe('Idle');

    const created = await workspace.workers.create({ friendlyName: 'Carol' });
    expect(() => created.update(change)).toThrow("Parameter 'sid' is not valid.");

    const fetched = await workspace.workers(worker?.sid as string).fetch();
    await expect(fetched.update({ friendlyName: 'Alice A.' })).resolves.toMatchObject({
      friendlyName: 'Alice A.',
    });
  } finally {
    await taskRouter.close();
  }
});
