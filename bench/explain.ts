import { randomSid } from '../src/system/ids';
import { Engine } from '../src/taskrouter/engine/engine';
import { explainReservation } from '../src/taskrouter/explain/explain-reservation';
import { explainTask } from '../src/taskrouter/explain/explain-task';
import { explainWorker } from '../src/taskrouter/explain/explain-worker';
import type { Command, ResultOf } from '../src/taskrouter/model/commands';
import { Latencies } from './latencies';
import type { Measure } from './measure';

const size = { workers: 1_000, tasks: 10_000, queues: 20 };

export const explain: Measure = {
  name: 'explain',
  about: 'Explanations of tasks, workers, and reservations, with 1,000 workers and 10,000 tasks that wait',
  run({ quick, progress }) {
    const samples = quick ? 100 : 1_000;
    progress(`${samples} of each kind`);
    const workspace = new BusyWorkspace();
    const figures = workspace.explanations(samples).map(([what, latencies]) => {
      const percentiles = latencies.percentiles();
      return {
        label: `Engine alone, 1,000 workers, 10,000 tasks waiting: explain a ${what}`,
        unit: 'ms' as const,
        value: percentiles.p50,
        percentiles,
        goals: [{ of: 'p50', atMost: 5 } as const],
      };
    });
    return Promise.resolve(figures);
  },
};

/** A worker has one of the skills. Every tenth is available, and has a task; the others are not. */
class BusyWorkspace {
  private readonly engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: randomSid });
  private readonly workspaceSid: string;
  private now = 1_700_000_000_000;

  constructor() {
    const command = { type: 'CreateWorkspace', friendlyName: 'Busy', multiTaskEnabled: true } as const;
    const { sid: workspaceSid } = this.run(command);
    this.workspaceSid = workspaceSid;
    const filters = Array.from({ length: size.queues }, (_, number) => ({
      expression: `topic == "topic-${number}"`,
      targets: [{ queue: this.addQueue(number), expression: 'worker.level >= task.level' }],
    }));
    const configuration = JSON.stringify({ task_routing: { filters } });
    this.run({ type: 'CreateWorkflow', workspaceSid, friendlyName: 'All', configuration });
    for (let number = 0; number < size.workers; number += 1) this.addWorker(number);
    for (let number = 0; number < size.tasks; number += 1) this.addTask(number);
  }

  explanations(samples: number): (readonly [what: string, Latencies])[] {
    const { view, routing } = this.engine;
    const state = { view, routing, now: this.now };
    const tasks = [...view.all('tasks')].filter((task) => routing.isWaitingForOffer(task));
    const workers = [...view.all('workers')];
    const offers = [...view.all('reservations')].flatMap(({ sid }) => {
      const offer = this.engine.pastOffer(sid);
      return offer ? [{ sid, offer }] : [];
    });
    return [
      ['task that waits', timed(samples, tasks, (task) => explainTask(state, task))],
      ['worker', timed(samples, workers, (worker) => explainWorker(state, worker))],
      ['reservation', timed(samples, offers, ({ sid, offer }) => explainReservation(state, offer, sid))],
    ];
  }

  private addQueue(number: number): string {
    const { workspaceSid } = this;
    const targetWorkers = `skills HAS "skill-${number}"`;
    const friendlyName = `Queue ${number}`;
    return this.run({ type: 'CreateTaskQueue', workspaceSid, friendlyName, targetWorkers }).sid;
  }

  private addWorker(number: number): void {
    const { workspaceSid } = this;
    const isAvailable = number % 10 === 0;
    const activities = [...this.engine.view.all('activities', workspaceSid)];
    const activitySid = activities.find(({ available }) => available === isAvailable)?.sid;
    const attributes = attributesOf({ skills: [`skill-${number % size.queues}`], level: number % 5 });
    const command = { type: 'CreateWorker', workspaceSid, friendlyName: `Worker ${number}` } as const;
    this.run({ ...command, activitySid, attributes });
  }

  private addTask(number: number): void {
    const { workspaceSid } = this;
    const attributes = attributesOf({ topic: `topic-${number % size.queues}`, level: number % 7 });
    this.run({ type: 'CreateTask', workspaceSid, attributes });
  }

  private run<C extends Command>(command: C): ResultOf<C> {
    this.now += 1;
    return this.engine.execute(command, this.now, { source: 'twilio', ipAddress: null }).result;
  }
}

/** The first tenth warms up and does not count. */
function timed<Subject>(
  samples: number,
  subjects: readonly Subject[],
  explanation: (subject: Subject) => object,
): Latencies {
  const latencies = new Latencies();
  for (let count = -samples / 10; count < samples; count += 1) {
    const subject = subjects[(Math.abs(count) * 7) % subjects.length] as Subject;
    const started = performance.now();
    explanation(subject);
    if (count >= 0) latencies.record(performance.now() - started);
  }
  return latencies;
}

const attributesOf = (value: Record<string, unknown>) => ({ text: JSON.stringify(value), value });
