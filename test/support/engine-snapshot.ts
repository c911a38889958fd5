import type { Engine } from '../../src/taskrouter/engine/engine';
import { tableNames } from '../../src/taskrouter/model/entities';

/** Everything that can be seen of an engine: rows in order, what the indexes say of them, and the next deadline. */
export function engineSnapshot(engine: Engine): object {
  return JSON.parse(engineText(engine));
}

/** The same as JSON. To compare texts takes a third of the time of comparing objects. */
export function engineText(engine: Engine): string {
  const { view } = engine;
  const rows = Object.fromEntries(tableNames.map((name) => [name, [...view.all(name)]]));
  const queues = [...view.all('taskQueues')];
  const tasks = [...view.all('tasks')].map(({ sid }) => [
    sid,
    view.reservationsOfTask(sid).map((each) => each.sid),
  ]);
  const workers = [...view.all('workers')].map(({ sid, workspaceSid }) => ({
    sid,
    reservations: view.reservationsOfWorker(sid).map((each) => each.sid),
    channels: view.channelsOfWorker(sid).map((channel) => [channel.sid, view.useOfChannel(channel)]),
    queues: queues
      .filter((queue) => queue.workspaceSid === workspaceSid && view.isInQueue(sid, queue.sid))
      .map((queue) => queue.sid),
  }));
  return JSON.stringify({ rows, tasks, workers, next: engine.nextDeadline() });
}
