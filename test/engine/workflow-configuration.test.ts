import { parseWorkflowConfiguration } from '../../src/taskrouter/engine/rules/workflow-configuration';
import { InvalidParameter } from '../../src/taskrouter/model/errors';
import { EngineBench } from '../support/engine-bench';
import { refusal } from '../support/refusal';

const queue = `WQ${'1'.repeat(32)}`;
const parse = (rules: unknown) => parseWorkflowConfiguration(JSON.stringify(rules));
const withTarget = (target: object) => ({
  task_routing: { filters: [{ expression: '1==1', targets: [{ queue, ...target }] }] },
});

describe('a workflow configuration', () => {
  it('may have numbers as strings', () => {
    const [filter] = parse(withTarget({ priority: '10', timeout: '30' })).filters;
    expect(filter?.targets).toMatchObject([{ priority: 10, timeoutSeconds: 30 }]);
  });

  it('lets later targets inherit the queue of the previous one', () => {
    const other = `WQ${'2'.repeat(32)}`;
    const rules = {
      task_routing: {
        filters: [{ expression: '1==1', targets: [{ queue }, {}, { queue: other }, { priority: 1 }] }],
      },
    };
    const { filters, taskQueueSids } = parse(rules);
    expect(filters[0]?.targets.map(({ taskQueueSid }) => taskQueueSid)).toEqual([queue, queue, other, other]);
    expect(taskQueueSids).toEqual([queue, other]);
  });

  it('has no timeout in the default filter, whatever it says there', () => {
    const { defaultFilter } = parse({ task_routing: { default_filter: { queue, timeout: 5 } } });
    expect(defaultFilter).toMatchObject({ taskQueueSid: queue, timeoutSeconds: null });
  });

  it('may have unknown keys', () => {
    expect(parse({ comment: 1, ...withTarget({ note: 'x' }) }).filters).toHaveLength(1);
  });

  it.each([
    ['text that is not JSON', '{', 'Invalid JSON provided for Configuration'],
    ['a bare filters list', { filters: [] }, /task_routing/],
    ['the old form', { 'task-routing': [] }, /task_routing/],
    ['no expression', { task_routing: { filters: [{ targets: [{ queue }] }] } }, /filters\[0\]\.expression/],
    [
      'no targets',
      { task_routing: { filters: [{ expression: '1==1', targets: [] }] } },
      /filters\[0\]\.targets/,
    ],
    [
      'no queue in the first target',
      { task_routing: { filters: [{ expression: '1==1', targets: [{ priority: 1 }] }] } },
      /targets\[0\]\.queue: the first target needs a queue/,
    ],
    ['no queue in the default filter', { task_routing: { default_filter: {} } }, /default_filter\.queue/],
    ['a timeout of 0', withTarget({ timeout: 0 }), /targets\[0\]\.timeout/],
    ['a negative timeout', withTarget({ timeout: -5 }), /targets\[0\]\.timeout/],
    ['a fraction', withTarget({ priority: 1.5 }), /targets\[0\]\.priority/],
    ['a priority over the limit', withTarget({ priority: 2_147_483_648 }), /targets\[0\]\.priority/],
    ['a text that is no number', withTarget({ priority: 'high' }), /targets\[0\]\.priority/],
    [
      'a bad filter expression',
      { task_routing: { filters: [{ expression: 'a ==', targets: [{ queue }] }] } },
      /filters\[0\]\.expression: /,
    ],
    ['a bad target expression', withTarget({ expression: 'skill-level > 3' }), /targets\[0\]\.expression: /],
    ['a bad skip_if', withTarget({ skip_if: 'workers.' }), /targets\[0\]\.skip_if: /],
    [
      'a bad order_by',
      withTarget({ order_by: 'level DESC' }),
      /targets\[0\]\.order_by: 'level DESC' is not of the form/,
    ],
    [
      'two known workers',
      withTarget({ known_worker_sid: 'task.a', known_worker_friendly_name: 'task.b' }),
      /only one of known_worker_sid and known_worker_friendly_name/,
    ],
    [
      'a known worker that is no task attribute',
      withTarget({ known_worker_sid: 'agent' }),
      /task\.agent_sid/,
    ],
  ])('is refused with %s, with the location', (_what, rules, message) => {
    const attempt = () =>
      parseWorkflowConfiguration(typeof rules === 'string' ? rules : JSON.stringify(rules));
    expect(attempt).toThrow(InvalidParameter);
    expect(attempt).toThrow(message);
  });

  it('is refused over 1,038,576 bytes', () => {
    const attempt = () => parse({ ...withTarget({}), note: 'é'.repeat(520_000) });
    expect(attempt).toThrow(/provided for Configuration is out of range/);
  });

  it('may name only queues of its own workspace', () => {
    const bench = new EngineBench();
    const { sid } = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other', template: 'FIFO' });
    const [foreign] = bench.engine.view.all('taskQueues', sid);
    for (const unknown of [queue, foreign?.sid ?? '']) {
      const rules = { default_filter: { queue: unknown } };
      const message = `Invalid Configuration: TaskQueue ${unknown} does not exist in this Workspace`;
      expect(refusal(bench, () => bench.updateWorkflow(rules)).message).toBe(message);
      expect(refusal(bench, () => bench.addWorkflow(rules, {}, 'New')).message).toBe(message);
    }
  });
});
