import { randomSid } from '../src/system/ids';
import { Engine } from '../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../src/taskrouter/model/commands';
import type { Attributes } from '../src/taskrouter/model/entities';
import type { Measure } from './measure';

const size = { full: 100_000, quick: 30_000 };

export const memoryPerTask: Measure = {
  name: 'memory-per-task',
  about: 'The memory of the engine for each task that waits',
  run({ quick, progress }) {
    const tasks = quick ? size.quick : size.full;
    progress(`${tasks.toLocaleString('en-US')} tasks`);
    const workspace = new WaitingTasks();
    // What is made once for all tasks does not count.
    workspace.add(1000);
    const before = heapBytes();
    workspace.add(tasks);
    const kilobytes = (heapBytes() - before) / tasks / 1000;
    return Promise.resolve([
      {
        label: 'Engine alone: memory per waiting task',
        unit: 'kB',
        value: kilobytes,
        goals: [{ of: 'value', atMost: 0.8 }],
        note: `${workspace.count.toLocaleString('en-US')} tasks`,
      },
    ]);
  },
};

/** After a garbage collection: processes of measures run with `--expose-gc`. */
function heapBytes(): number {
  if (!globalThis.gc) throw new Error('Run this measure with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** An engine in which no worker takes the tasks. */
class WaitingTasks {
  private readonly engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: randomSid });
  private readonly workspaceSid: string;
  private now = 1_700_000_000_000;

  constructor() {
    this.workspaceSid = this.run({ type: 'CreateWorkspace', friendlyName: 'Bench' }).sid;
    const { workspaceSid } = this;
    const queue = this.run({ type: 'CreateTaskQueue', workspaceSid, friendlyName: 'Everybody' });
    const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } });
    this.run({ type: 'CreateWorkflow', workspaceSid, friendlyName: 'All', configuration });
  }

  get count(): number {
    return this.engine.view.count('tasks');
  }

  add(tasks: number): void {
    for (let number = 0; number < tasks; number += 1)
      this.run({ type: 'CreateTask', workspaceSid: this.workspaceSid, attributes: attributes() });
  }

  private run<C extends Command>(command: C): ResultOf<C> {
    this.now += 1;
    return this.engine.execute(command, this.now, { source: 'twilio', ipAddress: null }).result;
  }
}

/** Read anew for each task, as from a request. */
function attributes(): Attributes {
  const text = JSON.stringify({ selected_language: 'es' });
  return { text, value: JSON.parse(text) as Attributes['value'] };
}
