import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder, workspaceOf } from '../support/taskrouter-process';

endCommandsAfterEach();

const serve = (data: string, clock = 'virtual') =>
  new TaskrouterCommand(['serve', ...anywhere, '--data', data, '--clock', clock]);
const clock = (data: string, ...args: string[]) =>
  new TaskrouterCommand(['clock', ...args, '--data', data]).ended();
const clockState = async (data: string, ...args: string[]) =>
  JSON.parse((await clock(data, ...args, '--json')).output);

/** A task in Spanish that Alice is reserved for, for 20 minutes. */
async function reserved(ready: Ready) {
  const workspace = workspaceOf(ready);
  const activitySid = ready.activities.Idle as string;
  await workspace.workers(ready.workers.Alice as string).update({ activitySid });
  const { sid } = await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  return async (of = ready) => (await workspaceOf(of).tasks(sid).fetch()).assignmentStatus;
}

it('lets twenty minutes pass at a word, and goes on there after a restart', async () => {
  const data = temporaryFolder();
  const run = serve(data);
  const status = await reserved(await run.ready());
  const before = await clockState(data);
  expect(before).toMatchObject({
    mode: 'virtual',
    running: false,
    next_deadline_ms: before.now_ms + 1_200_000,
  });
  expect((await clock(data, 'advance', '19m')).output).toMatch(/Z, stopped; next timeout in 1 min\n$/);
  expect(await status()).toBe('reserved');
  const next = await clockState(data, 'next');
  expect(next.now_ms).toBe(before.now_ms + 1_200_000);
  expect(await status()).toBe('pending');
  await run.stop();

  const again = serve(data);
  const ready = await again.ready();
  expect((await clockState(data)).now_ms).toBe(next.now_ms);
  expect(await status(ready)).toBe('pending');
  await again.stop();

  const refused = await serve(data, 'system').ended();
  expect([refused.code, refused.errors]).toEqual([3, expect.stringContaining('--clock virtual')]);
  expect((await new TaskrouterCommand(['reset', '--data', data]).ended()).code).toBe(0);
  await serve(data, 'system').ready();
  expect(await clockState(data)).toMatchObject({ mode: 'system', running: true });
  const immovable = await clock(data, 'advance', '1h');
  expect([immovable.code, immovable.errors]).toEqual([6, expect.stringContaining('--clock virtual')]);
});

it('runs with the wall clock, and stops again', async () => {
  const data = temporaryFolder();
  await serve(data).ready();
  expect((await clock(data, 'run')).output).toContain(', running; no timeout pending');
  const { now_ms } = await clockState(data, 'stop');
  expect(await clockState(data)).toMatchObject({ running: false, now_ms });
});

it.each([
  [['advance'], 'Missing duration. Try: taskrouter clock advance 20m'],
  [['advance', 'soon'], "Invalid duration 'soon'. Use 90s, 20m or 2h."],
  [['advance', '-5m'], "Invalid duration '-5m'. Use 90s, 20m or 2h."],
  [[], 'No TaskRouter is running on'],
])('says what to do when called with %j', async (args, message) => {
  const { code, errors } = await clock(temporaryFolder(), ...args);
  expect([code, errors]).toEqual([3, expect.stringContaining(message)]);
});
