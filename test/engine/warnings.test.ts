import { EngineBench } from '../support/engine-bench';

// Seen in workflows and queues in production. Accepted as TaskRouter accepts it, and reported.

const filterWith = (expression: string) => ({
  task_routing: { filters: [{ expression, targets: [{ queue: '' }] }] },
});

describe('a document with text that TaskRouter ignores', () => {
  it('is saved as written, and logs a warning with the place and the column', () => {
    const bench = new EngineBench();
    const expression = "a=='x' OR b=='1', '2'";
    bench.updateWorkflow({ filters: [{ expression, targets: [{ queue: bench.queues.spanish }] }] });
    expect(bench.alerts).toEqual([
      {
        code: 20001,
        level: 'warning',
        workspaceSid: bench.workspaceSid,
        resourceSid: bench.workflowSid,
        detail:
          "Configuration /task_routing/filters/0/expression: TaskRouter ignores ', '2'' at column 17 of the expression",
        remedy: 'Remove it, or rewrite the expression so that every part counts.',
      },
    ]);
    expect(bench.queueOf(bench.addTask({ b: '1' }))).toBe('Spanish');
  });

  it('is reported once for each version of a workflow, and again only when it changes', () => {
    const bench = new EngineBench();
    const rules = { filters: [{ expression: '1==1 ;', targets: [{ queue: bench.queues.spanish }] }] };
    bench.updateWorkflow(rules);
    bench.updateWorkflow(rules);
    expect(bench.alerts).toHaveLength(1);
  });

  it('can be a queue that prefixes the attributes of its workers', () => {
    const bench = new EngineBench();
    const queue = bench.addQueue('Prefixed', 'worker.languages HAS "es" AND worker.activity_name == "Idle"');
    expect(bench.alerts.map(({ resourceSid, detail }) => [resourceSid, detail])).toEqual([
      [
        queue,
        'TargetWorkers: The expression of a TaskQueue names attributes of the Worker without the prefix "worker."',
      ],
    ]);
    bench.updateWorkflow({ filters: [{ expression: '1==1', targets: [{ queue }] }] });
    const task = bench.addTask({});
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.statusOf(task)).toBe('pending');
    bench.setActivity(bench.alice, 'Idle');
    expect(bench.offers(task)).toEqual(['Alice']);
  });

  it('keeps an attribute named worker accessible', () => {
    const bench = new EngineBench();
    const queue = bench.addQueue('Own', 'worker.level == 2');
    bench.updateWorkflow({ filters: [{ expression: '1==1', targets: [{ queue }] }] });
    bench.updateWorker(bench.alice, {
      attributes: { text: '{}', value: { level: 2, worker: { level: 1 } } },
    });
    bench.updateWorker(bench.bob, { attributes: { text: '{}', value: { level: 1, worker: { level: 2 } } } });
    bench.setActivity(bench.alice, 'Idle');
    bench.setActivity(bench.bob, 'Idle');
    expect(bench.offers(bench.addTask({}))).toEqual(['Bob']);
  });

  it.each(["a=='x' AND", "a=='x' && b=='y'", 'skill-level > 3'])(
    'is refused when it makes no sense: %s',
    (expression) => {
      const bench = new EngineBench();
      const { filters } = filterWith(expression).task_routing;
      const targets = [{ queue: bench.queues.spanish }];
      expect(() =>
        bench.updateWorkflow({ filters: filters.map((filter) => ({ ...filter, targets })) }),
      ).toThrow('Invalid Configuration');
      expect(bench.alerts).toEqual([]);
    },
  );
});
