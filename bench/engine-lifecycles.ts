import { randomSid } from '../src/system/ids';
import { Engine } from '../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../src/taskrouter/model/commands';
import type { Measure } from './measure';
import { interleaved, median } from './rounds';

const size = { full: { rounds: 5, lifecycles: 20_000 }, quick: { rounds: 3, lifecycles: 10_000 } };

export const engineLifecycles: Measure = {
  name: 'engine-lifecycles',
  about: 'Complete lifecycles in the engine alone, in virtual time',
  async run({ quick, progress }) {
    const { rounds, lifecycles } = quick ? size.quick : size.full;
    progress(`${rounds} rounds of ${lifecycles} lifecycles`);
    const { perSecond } = await interleaved(rounds, { perSecond: () => lifecyclesPerSecond(lifecycles) });
    return [
      {
        label: 'Engine alone, virtual time: complete lifecycles',
        unit: '/s',
        value: median(perSecond),
        goals: [{ of: 'value', atLeast: 25_000 }],
      },
    ];
  },
};

/** Created, reserved, accepted, completed, deleted. */
function lifecyclesPerSecond(lifecycles: number): number {
  const engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: randomSid });
  let now = 1_700_000_000_000;
  const run = <C extends Command>(command: C): ResultOf<C> => {
    return engine.execute(command, now, { source: 'twilio', ipAddress: null }).result;
  };
  const { sid: workspaceSid } = run({ type: 'CreateWorkspace', friendlyName: 'Bench' });
  const queue = run({ type: 'CreateTaskQueue', workspaceSid, friendlyName: 'Everybody' });
  const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } });
  run({ type: 'CreateWorkflow', workspaceSid, friendlyName: 'All', configuration });
  const available = [...engine.view.all('activities', workspaceSid)].find((activity) => activity.available);
  const worker = { type: 'CreateWorker', workspaceSid, activitySid: available?.sid } as const;
  for (let number = 0; number < 100; number += 1) run({ ...worker, friendlyName: `Worker ${number}` });

  const started = performance.now();
  for (let count = 0; count < lifecycles; count += 1) {
    const task = run({ type: 'CreateTask', workspaceSid });
    const [reservation] = engine.view.reservationsOfTask(task.sid);
    const reservationSid = reservation?.sid ?? '';
    run({ type: 'UpdateReservation', workspaceSid, reservationSid, reservationStatus: 'accepted' });
    run({ type: 'UpdateTask', workspaceSid, taskSid: task.sid, assignmentStatus: 'completed' });
    now += 1000;
    run({ type: 'PassTime' });
  }
  return lifecycles / ((performance.now() - started) / 1000);
}
