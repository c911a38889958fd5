import { explainTask } from '../../src/taskrouter/explain/explain-task';
import { explainWorker } from '../../src/taskrouter/explain/explain-worker';
import { EngineBench } from '../support/engine-bench';

const stateOf = ({ engine, now }: EngineBench) => ({ view: engine.view, routing: engine.routing, now });
const explain = (bench: EngineBench, taskSid: string) => explainTask(stateOf(bench), bench.task(taskSid));
const explainAlice = (bench: EngineBench) => explainWorker(stateOf(bench), bench.worker(bench.alice));

describe('a task that waits', () => {
  it('for a worker of the queue who is not available', () => {
    const bench = new EngineBench();
    expect(explain(bench, bench.addTask()).summary).toBe(
      'It waits in the queue "Spanish". Alice is Offline, which is not available. Set Alice to Idle.',
    );
  });

  it('although a worker is available, who is not in its queue', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.bob, 'Idle');
    const { workers } = explain(bench, bench.addTask());
    expect(
      workers.map(({ workerName, reasons }) => [workerName, ...reasons.map(({ message }) => message)]),
    ).toEqual([
      ['Alice', 'Alice is Offline, which is not available'],
      ['Bob', 'Bob is not in the queue "Spanish": languages HAS "es" is false for ["en"]'],
    ]);
  });

  it('in a queue without workers, because an attribute is misspelled', () => {
    const bench = new EngineBench();
    bench.updateQueue(bench.queues.spanish, { targetWorkers: 'langauges HAS "es"' });
    expect(explain(bench, bench.addTask()).summary).toBe(
      'It waits in the queue "Spanish". Alice is not in the queue "Spanish": langauges HAS "es" is false for a missing attribute, and Alice is Offline, which is not available. Change the attributes of Alice, or the expression of the queue "Spanish", and set Alice to Idle.',
    );
  });

  it('behind other tasks', () => {
    const bench = new EngineBench();
    bench.addTask();
    const taskSid = bench.addTask();
    expect(explain(bench, taskSid)).toMatchObject({
      ahead: 1,
      summary:
        'It waits in the queue "Spanish". Alice is Offline, which is not available, and 1 task is ahead of it. Set Alice to Idle.',
    });
  });

  it('for a worker with a pending reservation, in a single-tasking workspace', () => {
    const bench = new EngineBench();
    bench.updateQueue(bench.queues.spanish, { reservationActivitySid: bench.activities.Idle });
    bench.setActivity(bench.alice, 'Idle');
    const { sid } = bench.pending(bench.addTask());
    expect(explain(bench, bench.addTask()).summary).toBe(
      `It waits in the queue "Spanish". Alice has not replied to the reservation ${sid} yet. Accept or reject the reservation of Alice.`,
    );
  });

  it('for a worker whom a reservation or a task has made unavailable', () => {
    const bench = new EngineBench();
    bench.updateQueue(bench.queues.spanish, { assignmentActivitySid: bench.activities.Offline });
    bench.setActivity(bench.alice, 'Idle');
    const first = bench.addTask();
    const taskSid = bench.addTask();
    expect(explain(bench, taskSid).summary).toContain('Accept or reject the reservation of Alice.');
    bench.updateReservation(bench.pending(first), 'accepted');
    expect(explain(bench, taskSid).summary).toContain('Complete the task of Alice, or set Alice to Idle.');
  });

  it('for capacity, in a multitasking workspace', () => {
    const bench = new EngineBench({ multiTaskEnabled: true });
    bench.setActivity(bench.alice, 'Idle');
    bench.addTask();
    expect(explain(bench, bench.addTask()).summary).toBe(
      'It waits in the queue "Spanish". Alice has 1 of 1 tasks on the task channel default. Complete a task of Alice, or raise the capacity of Alice.',
    );
  });

  it('because nobody satisfies the expression of the target', () => {
    const bench = new EngineBench({
      rules: ({ spanish }) => ({
        filters: [
          { expression: '1==1', targets: [{ queue: spanish, expression: 'worker.level > task.level' }] },
        ],
      }),
    });
    bench.updateWorker(bench.alice, { attributes: { text: '', value: { languages: ['es'], level: 3 } } });
    bench.setActivity(bench.alice, 'Idle');
    const [alice] = explain(bench, bench.addTask({ level: 5 })).workers;
    expect(alice?.reasons).toEqual([
      {
        code: 'target_expression_false',
        message:
          'Alice does not satisfy the target: worker.level > task.level is false for {"worker.level":3,"task.level":5}',
        clauses: [
          {
            text: 'worker.level > task.level',
            value: { 'worker.level': 3, 'task.level': 5 },
            matches: false,
          },
        ],
      },
    ]);
  });

  it('for a known worker who does not exist, or who is another one', () => {
    const bench = new EngineBench({
      rules: ({ english }) => ({
        filters: [
          { expression: '1==1', targets: [{ queue: english, known_worker_friendly_name: 'task.agent' }] },
        ],
      }),
    });
    bench.setActivity(bench.bob, 'Idle');
    expect(explain(bench, bench.addTask({ agent: 'Carol' })).summary).toContain(
      'task.agent names no worker of the workspace',
    );
    const { workers } = explain(bench, bench.addTask({ agent: 'Alice' }));
    expect(workers.find(({ workerName }) => workerName === 'Bob')?.reasons).toEqual([
      { code: 'known_worker_other', message: 'The task is for Alice only, not for Bob' },
    ]);
  });

  it('for a known worker who is not in the queue', () => {
    const bench = new EngineBench({
      rules: ({ spanish }) => ({
        filters: [
          { expression: '1==1', targets: [{ queue: spanish, known_worker_friendly_name: 'task.agent' }] },
        ],
      }),
    });
    for (const worker of [bench.alice, bench.bob]) bench.setActivity(worker, 'Idle');
    expect(explain(bench, bench.addTask({ agent: 'Bob' })).summary).toBe(
      'It waits in the queue "Spanish". It is for Bob only, and Bob is not in the queue "Spanish": languages HAS "es" is false for ["en"]. Change the attributes of Bob, or the expression of the queue "Spanish".',
    );
  });

  it('in the default queue, because its attribute is misspelled, as in the tutorial', () => {
    const bench = new EngineBench({
      rules: ({ spanish, english }) => ({
        filters: [
          {
            filter_friendly_name: 'Spanish',
            expression: 'selected_language == "es"',
            targets: [{ queue: spanish }],
          },
        ],
        default_filter: { queue: english },
      }),
    });
    expect(explain(bench, bench.addTask({ selected_langauge: 'es' })).summary).toBe(
      'It waits in the queue "English". Alice is Offline, which is not available. Set Alice to Idle. The filter Spanish reads selected_language, which the task does not have. It has selected_langauge.',
    );
    expect(explain(bench, bench.addTask({ topic: 'billing' })).summary).not.toContain('reads');
    expect(explain(bench, bench.addTask({ selected_language: 'fr' })).summary).not.toContain('reads');
  });

  it('to be offered again after its callbacks failed', () => {
    const bench = new EngineBench({ assignmentCallbackUrl: 'https://care.example.com/' });
    bench.setActivity(bench.alice, 'Idle');
    const taskSid = bench.addTask();
    bench.settle(bench.pending(taskSid), 'failed');
    expect(explain(bench, taskSid).summary).toMatch(
      /^No callback URL gave a usable response, so it is offered again at 2023-11-14 22:13:21 UTC\.$/,
    );
  });
});

describe('a task that does not wait', () => {
  it('is offered, assigned, then finished', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.alice, 'Idle');
    const taskSid = bench.addTask();
    expect(explain(bench, taskSid).summary).toMatch(
      /^It is offered to Alice until 2023-11-14 22:15:20 UTC\.$/,
    );
    bench.updateReservation(bench.pending(taskSid), 'accepted');
    expect(explain(bench, taskSid).summary).toBe('It is assigned, with Alice.');
    bench.updateTask(taskSid, { assignmentStatus: 'completed', reason: 'Solved' });
    expect(explain(bench, taskSid)).toMatchObject({
      summary: 'It is completed (Solved).',
      reasons: [{ code: 'finished' }],
      workflow: null,
    });
  });
});

it('shows each filter with its result, and the values that decided it', () => {
  const bench = new EngineBench();
  expect(explain(bench, bench.addTask({ selected_language: 'en' })).workflow).toMatchObject({
    filter: 1,
    target: 0,
    queue: 'English',
    filters: [
      { expression: 'selected_language == "es"', matches: false, clauses: [{ value: 'en', matches: false }] },
      { expression: 'selected_language == "en"', matches: true, clauses: [{ value: 'en', matches: true }] },
    ],
  });
});

describe('a worker', () => {
  it('who is not available is told what to do, and which task comes first', () => {
    const bench = new EngineBench();
    const [, urgent] = [bench.addTask(), bench.addTask({ selected_language: 'es' }, { priority: 5 })];
    expect(explainAlice(bench)).toMatchObject({
      summary: 'Alice is Offline, which is not available. Set Alice to Idle.',
      tasks: [{ taskSid: urgent }, {}],
    });
  });

  it('who is ready is told why no task is for them', () => {
    const bench = new EngineBench();
    bench.setActivity(bench.alice, 'Idle');
    expect(explainAlice(bench).summary).toBe('Alice is ready, and no task waits.');
    bench.updateWorker(bench.alice, { attributes: { text: '', value: {} } });
    bench.addTask();
    expect(explainAlice(bench).summary).toBe(
      'Alice is ready, but no waiting task is for Alice: Alice is not in the queue "Spanish": languages HAS "es" is false for a missing attribute.',
    );
  });

  it('whose activity is read by an expression is told which task comes first once available', () => {
    const bench = new EngineBench();
    bench.updateQueue(bench.queues.spanish, { targetWorkers: 'activity_name == "Idle"' });
    const [, urgent] = [
      bench.addTask({ selected_language: 'en' }),
      bench.addTask({ selected_language: 'es' }, { priority: 5 }),
    ];
    expect(explainAlice(bench).tasks[0]).toEqual({
      taskSid: urgent,
      reasons: [{ code: 'not_available', message: 'Alice is Offline, which is not available' }],
    });
  });
});
