import { WorkspaceFileError } from '../../src/workspace/file/desired';
import type { DesiredWorkspace } from '../../src/workspace/file/schema';
import { planWorkspace } from '../../src/workspace/plan/plan';
import { tutorial, tutorialAsItIs } from './tutorial';

const functionsUrl = 'https://functions.example';
const plan = (desired = tutorial(), existing: ReturnType<typeof tutorialAsItIs> | null = tutorialAsItIs()) =>
  planWorkspace(desired, existing, functionsUrl);
const summary = (changes: ReturnType<typeof plan>['changes']) =>
  changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`);

const [spanish, english] = ['Customer Care Requests - Spanish', 'Customer Care Requests - English'];
const workflowName = 'Incoming Customer Care Requests';

describe('for an empty account', () => {
  it('creates entities in dependency order, and sets the callbacks last', () => {
    expect(summary(plan(tutorial(), null).changes)).toEqual([
      'create workspace Customer Care',
      'create worker Alice',
      'create worker Bob',
      `create taskQueue ${spanish}`,
      `create taskQueue ${english}`,
      `create workflow ${workflowName}`,
      'update workspace Customer Care',
      `update workflow ${workflowName}`,
    ]);
  });

  it('sends each field of the file, with names in place of sids and the address of the Functions', () => {
    const { changes } = plan(tutorial(), null);
    expect(changes[0]?.fields).toEqual({ multiTaskEnabled: false });
    expect(changes[3]?.fields).toEqual({
      targetWorkers: 'languages HAS "es"',
      reservationActivity: 'Reserved',
      assignmentActivity: 'Busy',
    });
    expect(changes[5]?.fields).toEqual({
      configuration: tutorial().workflows[0]?.configuration,
      taskReservationTimeout: 1200,
    });
    expect(changes[1]?.fields).toEqual({ attributes: { languages: ['en', 'es'] }, activity: 'Offline' });
    expect(changes[6]?.fields).toEqual({ eventCallbackUrl: 'https://functions.example/event-callback' });
    expect(changes[7]?.fields).toEqual({
      assignmentCallbackUrl: 'https://functions.example/assignment-callback',
    });
  });

  it('creates what a new multitasking workspace lacks', () => {
    const { changes } = plan(tutorial({ multiTaskEnabled: true }), null);
    expect(changes.slice(0, 4)).toEqual([
      expect.objectContaining({ kind: 'workspace', fields: { multiTaskEnabled: true } }),
      expect.objectContaining({ kind: 'activity', name: 'Idle', fields: { available: true } }),
      expect.objectContaining({ kind: 'activity', name: 'Busy', fields: { available: false } }),
      expect.objectContaining({ kind: 'activity', name: 'Reserved', fields: { available: false } }),
    ]);
  });

  it('omits the callback URLs while the address of the Functions is not known', () => {
    const { changes } = planWorkspace(tutorial(), null, null);
    expect(summary(changes).at(-1)).toBe(`create workflow ${workflowName}`);
    expect(JSON.stringify(changes)).not.toContain('allbackUrl');
  });

  it('sets the default activity once that activity exists, and before there are workers', () => {
    const desired = tutorial({ multiTaskEnabled: true, defaultActivity: 'Busy', timeoutActivity: 'Offline' });
    const { changes } = plan(desired, null);
    expect(summary(changes).slice(3, 6)).toEqual([
      'create activity Reserved',
      'update workspace Customer Care',
      'create worker Alice',
    ]);
    expect(changes[4]).toMatchObject({
      fields: { defaultActivity: 'Busy' },
      before: { defaultActivity: 'Offline' },
    });
  });
});

describe('for a workspace that matches the file', () => {
  it('plans nothing, although keys are in another order', () => {
    expect(plan()).toEqual({ changes: [], notes: [], extras: [] });
  });

  it('plans nothing while the address of the Functions is not known', () => {
    expect(planWorkspace(tutorial(), tutorialAsItIs(), null).changes).toEqual([]);
  });

  it('plans nothing when the address ends in a slash', () => {
    expect(planWorkspace(tutorial(), tutorialAsItIs(), 'https://functions.example/').changes).toEqual([]);
  });

  it('plans nothing when event filters are in another order', () => {
    const desired = tutorial({ eventsFilter: ['task.created', 'task.canceled'] });
    const existing = tutorialAsItIs({ eventsFilter: ['task.canceled', 'task.created'] });
    expect(plan(desired, existing).changes).toEqual([]);
  });

  it('ignores entities that the file does not name', () => {
    const existing = tutorialAsItIs();
    const workers = [...existing.workers, { ...existing.workers[0], sid: 'WK03', friendlyName: 'Carol' }];
    expect(plan(tutorial(), { ...existing, workers } as typeof existing).changes).toEqual([]);
  });
});

describe('for a workspace that differs', () => {
  it('updates a changed expression, and nothing else', () => {
    const taskQueues = tutorial().taskQueues.map((queue) =>
      queue.friendlyName === spanish ? { ...queue, targetWorkers: 'languages HAS "es-MX"' } : queue,
    );
    expect(plan(tutorial({ taskQueues })).changes).toEqual([
      {
        action: 'update',
        kind: 'taskQueue',
        name: spanish,
        fields: { targetWorkers: 'languages HAS "es-MX"' },
        before: { targetWorkers: 'languages HAS "es"' },
      },
    ]);
  });

  it('creates a queue with another name before the workflow that sends tasks there', () => {
    const renamed = JSON.parse(JSON.stringify(tutorial()).replaceAll(spanish, 'Español')) as DesiredWorkspace;
    expect(summary(plan(renamed).changes)).toEqual([
      'create taskQueue Español',
      `update workflow ${workflowName}`,
    ]);
  });

  it('creates an additional worker in the activity that the file gives', () => {
    const workers = [
      ...tutorial().workers,
      { friendlyName: 'Carol', activity: 'Idle', attributes: { languages: ['fr'] } },
    ];
    expect(plan(tutorial({ workers })).changes).toEqual([
      {
        action: 'create',
        kind: 'worker',
        name: 'Carol',
        fields: { attributes: { languages: ['fr'] }, activity: 'Idle' },
        before: {},
      },
    ]);
  });

  it('keeps the activity of an existing worker, and sets the attributes', () => {
    const [alice, bob] = tutorialAsItIs().workers;
    const workers = [{ ...alice, activity: 'Idle', attributes: { languages: [] } }, bob];
    const { changes } = plan(tutorial(), tutorialAsItIs({ workers } as never));
    expect(changes).toEqual([
      expect.objectContaining({ name: 'Alice', fields: { attributes: { languages: ['en', 'es'] } } }),
    ]);
  });

  it('updates the callbacks to a new address', () => {
    expect(planWorkspace(tutorial(), tutorialAsItIs(), 'http://127.0.0.1:3000').changes).toEqual([
      expect.objectContaining({
        kind: 'workspace',
        fields: { eventCallbackUrl: 'http://127.0.0.1:3000/event-callback' },
      }),
      expect.objectContaining({
        kind: 'workflow',
        fields: { assignmentCallbackUrl: 'http://127.0.0.1:3000/assignment-callback' },
      }),
    ]);
  });

  it('removes a URL where the file has null', () => {
    expect(plan(tutorial({ eventCallbackUrl: null })).changes).toEqual([
      expect.objectContaining({ kind: 'workspace', action: 'update', fields: { eventCallbackUrl: null } }),
    ]);
  });

  it('never changes the tasking mode, and reports the effect on Alice', () => {
    expect(plan(tutorial(), tutorialAsItIs({ multiTaskEnabled: true }))).toEqual({
      changes: [],
      extras: [],
      notes: [
        '"Customer Care" stays a multitasking workspace: TaskRouter uses capacity, and does not change the activity of Alice when a task is offered or accepted.',
      ],
    });
    expect(plan(tutorial({ multiTaskEnabled: true }), tutorialAsItIs())).toEqual({
      changes: [],
      extras: [],
      notes: [
        '"Customer Care" stays a single-tasking workspace: Alice gets one task at a time, and moves to the queue\'s reservation and assignment activities.',
      ],
    });
  });
});

describe('for a workspace that cannot match the file', () => {
  const refused = (existing: Partial<ReturnType<typeof tutorialAsItIs>>) => {
    try {
      plan(tutorial(), tutorialAsItIs(existing));
    } catch (error) {
      return (error as WorkspaceFileError).faults;
    }
    return [];
  };

  it('refuses to change the availability of an activity', () => {
    const activities = tutorialAsItIs().activities.map((each) => ({ ...each, available: false }));
    expect(refused({ activities })).toEqual([
      'The activity "Idle" is not available, and TaskRouter cannot change that. Use another name in the file, or write "available": false.',
    ]);
  });

  it('refuses even before the workspace exists', () => {
    const activities = tutorial().activities.map((each) => ({ ...each, available: true }));
    expect(() => plan(tutorial({ activities }), null)).toThrow(WorkspaceFileError);
  });

  it('refuses a worker that exists in another spelling', () => {
    const workers = tutorialAsItIs().workers.map((each) => ({
      ...each,
      friendlyName: each.friendlyName.toLowerCase(),
    }));
    expect(refused({ workers })).toEqual([
      'The worker "Alice" exists as "alice". Use the same spelling in the file.',
      'The worker "Bob" exists as "bob". Use the same spelling in the file.',
    ]);
  });

  it('refuses a name that two queues share', () => {
    const { taskQueues } = tutorialAsItIs();
    expect(refused({ taskQueues: taskQueues.map((each) => ({ ...each, friendlyName: spanish })) })).toEqual([
      `The workspace has 2 task queues named "${spanish}". Rename all but one of them.`,
    ]);
  });
});
