import { randomSid } from '../src/system/ids';
import { Engine } from '../src/taskrouter/engine/engine';
import type { Command, ResultOf } from '../src/taskrouter/model/commands';

const lifecycles = 20_000;

/** Complete lifecycles (created, reserved, accepted, completed, deleted) in the engine alone, in virtual time. */
export function engineLifecycles(): string {
  const engine = new Engine({ accountSid: `AC${'0'.repeat(32)}`, newSid: randomSid });
  let now = 1_700_000_000_000;
  let events = 0;
  const run = <C extends Command>(command: C): ResultOf<C> => {
    const outcome = engine.execute(command, now, { source: 'twilio', ipAddress: null });
    events += outcome.events.length;
    return outcome.result;
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
  const seconds = (performance.now() - started) / 1000;
  return `engine: ${Math.round(lifecycles / seconds)} lifecycles/s, ${Math.round(events / seconds)} events/s in virtual time`;
}
