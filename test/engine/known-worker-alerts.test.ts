import { EngineBench } from '../support/engine-bench';

/** Page: https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing */
const by = (key: 'known_worker_sid' | 'known_worker_friendly_name', settings: object = {}) => ({
  rules: ({ spanish, english }: { spanish: string; english: string }) => ({
    filters: [
      {
        expression: '1==1',
        targets: [{ queue: spanish, [key]: 'task.agent', timeout: 60, ...settings }, { queue: english }],
      },
    ],
  }),
});

const codes = (bench: EngineBench) => bench.alerts.map(({ code }) => code);

describe('a known worker who cannot be found', () => {
  it('creates alert 40152 when not in the queue of the target', () => {
    const bench = new EngineBench(by('known_worker_sid'));
    const task = bench.addTask({ agent: bench.bob });
    expect(bench.alerts).toEqual([
      {
        code: 40152,
        level: 'error',
        workspaceSid: bench.workspaceSid,
        resourceSid: task,
        detail: `Worker Bob (${bench.bob}), known to Task ${task}, is not in TaskQueue Spanish`,
      },
    ]);
  });

  it.each([
    ['no such attribute', {}],
    ['a number', { agent: 7 }],
    ['a list', { agent: ['Alice'] }],
    ['text that is no sid', { agent: 'Alice' }],
    ['the sid of nobody', { agent: `WK${'f'.repeat(32)}` }],
  ])('creates alert 40154 with %s', (_case, attributes) => {
    const bench = new EngineBench(by('known_worker_sid'));
    bench.addTask(attributes);
    expect(codes(bench)).toEqual([40154]);
  });

  it('creates alert 40154 with a name that no worker has', () => {
    const bench = new EngineBench(by('known_worker_friendly_name'));
    bench.addTask({ agent: 'Carol' });
    expect(codes(bench)).toEqual([40154]);
  });

  it('creates alert 40155 when the worker belongs to another workspace', () => {
    const bench = new EngineBench(by('known_worker_sid'));
    const other = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other' });
    const { sid } = bench.run({ type: 'CreateWorker', workspaceSid: other.sid, friendlyName: 'Dave' });
    bench.addTask({ agent: sid });
    expect(codes(bench)).toEqual([40155]);
  });

  it('creates no alert for a JSON null, which names no worker', () => {
    const bench = new EngineBench(by('known_worker_sid'));
    bench.addTask({ agent: null });
    expect(codes(bench)).toEqual([]);
  });

  it('is reported once each time the task enters the target, however often workers are looked up', () => {
    const bench = new EngineBench(by('known_worker_sid'));
    const task = bench.addTask({ agent: bench.bob });
    bench.setActivity(bench.alice, 'Idle');
    bench.setActivity(bench.alice, 'Offline');
    bench.setActivity(bench.bob, 'Idle');
    bench.setActivity(bench.bob, 'Offline');
    expect(codes(bench)).toEqual([40152]);
    bench.pass(60);
    expect(bench.queueOf(task)).toBe('English');
    expect(codes(bench)).toEqual([40152]);
  });

  it('is reported when a timeout moves the task into the target', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }) => ({
        filters: [
          {
            expression: '1==1',
            targets: [
              { queue: english, timeout: 30 },
              { queue: spanish, known_worker_sid: 'task.agent' },
            ],
          },
        ],
      }),
    });
    bench.addTask({ agent: bench.bob });
    expect(codes(bench)).toEqual([]);
    bench.pass(30);
    expect(codes(bench)).toEqual([40152]);
  });

  it('is not reported when the command that found it is refused', () => {
    const bench = new EngineBench(by('known_worker_sid'));
    const task = bench.addTask({ agent: null });
    const refused = () =>
      bench.updateTask(task, {
        attributes: { text: '{"agent":1}', value: { agent: 1 } },
        assignmentStatus: 'assigned',
      });
    expect(refused).toThrow(/cannot be updated to assigned/);
    expect(codes(bench)).toEqual([]);
  });
});

describe('a known worker who is found', () => {
  it('creates no alert, and events name the worker', () => {
    const bench = new EngineBench(by('known_worker_friendly_name'));
    bench.addTask({ agent: 'ALICE' });
    expect(codes(bench)).toEqual([]);
    expect(bench.lastEvent('task-queue.entered').fields.KnownWorkerSid).toBe(bench.alice);
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.lastEvent('reservation.created').fields.KnownWorkerSid).toBe(bench.alice);
  });
});

it('does not block the deletion of a finished task whose configuration is gone', () => {
  const bench = new EngineBench(by('known_worker_sid'));
  const task = bench.addTask({ agent: bench.alice });
  bench.updateTask(task, { assignmentStatus: 'canceled' });
  bench.updateWorkflow({ default_filter: { queue: bench.queues.english } });
  bench.deleteTask(task);
  expect(bench.lastEvent('task.deleted').fields).not.toHaveProperty('KnownWorkerSid');
});
