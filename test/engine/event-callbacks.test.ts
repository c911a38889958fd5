import { eventParameters } from '../../src/taskrouter/engine/command-context';
import { EngineBench } from '../support/engine-bench';

const eventCallbackUrl = 'http://localhost:3000/event-callback';

function listening(eventsFilter?: string) {
  const bench = new EngineBench();
  bench.updateWorkspace({ eventCallbackUrl, eventsFilter });
  for (const { sid } of bench.deliveries('event')) bench.run({ type: 'SettleEventCallback', eventSid: sid });
  bench.takeEventTypes();
  return bench;
}

const announced = (bench: EngineBench) =>
  bench.deliveries('event').map(({ parameters }) => parameters.EventType);

describe('event callbacks', () => {
  it('are queued in the outbox for every event, with the fields of the event', () => {
    const bench = listening();
    const task = bench.addTask();
    expect(announced(bench)).toEqual([
      'workflow.target-matched',
      'task.created',
      'task-queue.entered',
      'workflow.entered',
    ]);
    for (const [index, delivery] of bench.deliveries('event').entries()) {
      const event = bench.events[index];
      if (!event) throw new Error('more deliveries than events');
      expect(delivery).toMatchObject({
        sid: event.sid,
        urls: [eventCallbackUrl],
        taskSid: task,
        workerSid: null,
      });
      expect(delivery.parameters).toEqual(eventParameters(`AC${'0'.repeat(32)}`, event));
    }
  });

  it('are not created without a URL, although the events occur', () => {
    const bench = new EngineBench();
    bench.addTask();
    expect(bench.deliveries('event')).toEqual([]);
    expect(bench.events).toHaveLength(4);
  });

  it.each([
    ['task.created', ['task.created']],
    [' task.created ,  workflow.entered ', ['task.created', 'workflow.entered']],
    ['task.created,no.such.type', ['task.created']],
    ['reservation.created', []],
    ['', ['workflow.target-matched', 'task.created', 'task-queue.entered', 'workflow.entered']],
    [' , ', ['workflow.target-matched', 'task.created', 'task-queue.entered', 'workflow.entered']],
  ])('are created for the types that the filter %j names', (filter, expected) => {
    const bench = listening(filter);
    bench.addTask();
    expect(announced(bench)).toEqual(expected);
  });

  it('leave the outbox when they are settled', () => {
    const bench = listening('task.created');
    bench.addTask();
    const [delivery] = bench.deliveries('event');
    bench.run({ type: 'SettleEventCallback', eventSid: delivery?.sid ?? '' });
    expect(bench.deliveries('event')).toEqual([]);
  });

  it('outlive the objects they describe', () => {
    const bench = listening('workspace.deleted');
    bench.run({ type: 'DeleteWorkspace', workspaceSid: bench.workspaceSid });
    expect(announced(bench)).toEqual(['workspace.deleted']);
  });
});
