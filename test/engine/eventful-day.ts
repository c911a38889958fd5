import { EngineBench } from '../support/engine-bench';

/** A day with every event type. */
export function eventfulDay(): EngineBench {
  const bench = new EngineBench({
    queue: { maxReservedWorkers: 2 },
    rules: ({ spanish, english }) => ({
      filters: [
        {
          expression: 'a == 1',
          targets: [
            { queue: spanish, timeout: 10 },
            { queue: english, timeout: 10 },
          ],
        },
        { expression: 'a == 2', targets: [{ queue: spanish, skip_if: 'workers.available == 0' }] },
        { expression: 'a == 0', targets: [{ queue: english }] },
      ],
    }),
  });
  bench.addTask({ a: 1 });
  bench.pass(20);
  bench.addTask({ a: 2 });
  bench.setActivity(bench.alice, 'Idle');
  bench.setActivity(bench.bob, 'Idle');
  const shared = bench.addTask({ a: 0 });
  bench.updateReservation(bench.pending(shared, 'Alice'), 'rejected', {
    workerActivitySid: bench.activities.Offline,
  });
  bench.updateReservation(bench.pending(shared, 'Bob'), 'canceled');
  bench.updateTask(shared, { priority: 1 });
  bench.setActivity(bench.alice, 'Idle');
  bench.setActivity(bench.bob, 'Offline');
  bench.updateTask(shared, { assignmentStatus: 'canceled', reason: 'enough' });
  bench.setActivity(bench.bob, 'Idle');
  const done = bench.addTask({ a: 0 });
  bench.updateReservation(bench.pending(done, 'Alice'), 'accepted');
  bench.updateTask(done, { assignmentStatus: 'wrapping' });
  bench.updateTask(done, { assignmentStatus: 'completed', reason: 'sold' });
  bench.updateWorker(bench.alice, { friendlyName: 'Alicia' });
  bench.updateChannel(bench.alice, 'chat', { capacity: 2, available: false });
  const late = bench.addTask({ a: 0 });
  bench.pass(120);
  bench.deleteTask(late);
  const assigned = bench.addTask({ a: 0 });
  bench.setActivity(bench.alice, 'Idle');
  bench.updateReservation(bench.pending(assigned), 'accepted');
  bench.pass(86_400);
  changeTheWorkspace(bench);
  return bench;
}

function changeTheWorkspace(bench: EngineBench): void {
  const { workspaceSid } = bench;
  const taskChannelSid = bench.addTaskChannel('fax');
  bench.run({ type: 'UpdateTaskChannel', workspaceSid, taskChannelSid, friendlyName: 'Telefax' });
  bench.run({ type: 'DeleteTaskChannel', workspaceSid, taskChannelSid });
  const activitySid = bench.addActivity('Lunch', false);
  bench.run({ type: 'UpdateActivity', workspaceSid, activitySid, friendlyName: 'Dinner' });
  bench.run({ type: 'DeleteActivity', workspaceSid, activitySid });
  const taskQueueSid = bench.addQueue('Spare', '1==1');
  bench.updateQueue(taskQueueSid, { targetWorkers: '1==2' });
  const workflowSid = bench.addWorkflow({ default_filter: { queue: taskQueueSid } }, {}, 'Second');
  bench.run({ type: 'UpdateWorkflow', workspaceSid, workflowSid, friendlyName: 'Third' });
  bench.run({ type: 'DeleteWorkflow', workspaceSid, workflowSid });
  bench.run({ type: 'DeleteTaskQueue', workspaceSid, taskQueueSid });
  bench.run({ type: 'DeleteWorker', workspaceSid, workerSid: bench.addWorker('Carol', {}) });
  bench.updateWorkspace({ friendlyName: 'Renamed' });
  const other = bench.run({ type: 'CreateWorkspace', friendlyName: 'Other' });
  bench.run({ type: 'DeleteWorkspace', workspaceSid: other.sid });
}
