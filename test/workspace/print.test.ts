import { planWorkspace } from '../../src/workspace/plan/plan';
import { printPlan } from '../../src/workspace/plan/print';
import { tutorial, tutorialAsItIs } from './tutorial';

it('prints that there is nothing to do', () => {
  expect(printPlan(planWorkspace(tutorial(), tutorialAsItIs(), null))).toBe(
    'Nothing to do: the workspace matches its file.',
  );
});

it('prints a line for each change and each note', () => {
  const desired = tutorial({
    workers: [...tutorial().workers, { friendlyName: 'Carol' }],
    taskQueues: tutorial().taskQueues.map((queue) => ({ ...queue, maxReservedWorkers: 2 })),
  });
  const existing = tutorialAsItIs({ multiTaskEnabled: true });
  expect(printPlan(planWorkspace(desired, existing, null)).split('\n')).toEqual([
    '+ worker "Carol"',
    '~ task queue "Customer Care Requests - Spanish": maxReservedWorkers 1 → 2',
    '~ task queue "Customer Care Requests - English": maxReservedWorkers 1 → 2',
    expect.stringMatching(/^! "Customer Care" stays a multitasking workspace/),
  ]);
});

it('shortens long texts, and does not repeat a common beginning', () => {
  const taskQueues = [{ friendlyName: 'Long', targetWorkers: `1==1 AND ${'a'.repeat(200)} == 1` }];
  const existing = tutorialAsItIs({
    workflows: [],
    taskQueues: [
      {
        ...tutorialAsItIs().taskQueues[0],
        friendlyName: 'Long',
        targetWorkers: `1==1 AND ${'a'.repeat(200)} == 2`,
      } as never,
    ],
  });
  const printed = printPlan(planWorkspace(tutorial({ taskQueues, workflows: [] }), existing, null));
  expect(printed).toBe('~ task queue "Long": targetWorkers changed');
});

it('hides a password in a callback URL', () => {
  const desired = tutorial({ eventCallbackUrl: 'https://someone:s3cret@events.example/in' });
  const printed = printPlan(planWorkspace(desired, tutorialAsItIs(), null));
  expect(printed).toContain('https://someone:***@events.example/in');
  expect(printed).not.toContain('s3cret');
});
