import type { FunctionResponse, Parameters } from '../../assets/lifecycle/function-client';
import type { LifecycleEvent, LifecycleResponse } from '../../assets/lifecycle/lifecycle-response';
import { TimelineLoader, type Timelines } from '../../assets/lifecycle/timeline-loader';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, anAnswer, aReservation, aTask } from './samples';

const sid = exampleSid('WT');
const pending = aLifecycle({ tasks: [aTask()] });
const eventsNamed = (event_sid: string) => [{ event_sid } as LifecycleEvent];

/** A watch whose calls are answered in turn. */
function begin(...answers: FunctionResponse[]) {
  const asked: (Parameters | undefined)[] = [];
  let timelines: Timelines = new Map();
  const watch = new TimelineLoader(
    async (_name, parameters) => {
      asked.push(parameters);
      return answers.shift() ?? anAnswer(503, {});
    },
    (changed) => {
      timelines = changed;
    },
  );
  const read = async (lifecycle: LifecycleResponse) => {
    watch.update(lifecycle);
    await Promise.resolve();
  };
  return { watch, asked, read, timeline: () => timelines.get(sid) };
}

const answerWith = (event_sid: string) => anAnswer(200, aLifecycle({ events: eventsNamed(event_sid) }));

it('asks for the events of a task that is looked into, and of no other', async () => {
  const { watch, asked, read, timeline } = begin(answerWith('EV1'));
  await read(pending);
  expect(asked).toEqual([]);
  watch.open(sid, pending);
  await Promise.resolve();
  expect(asked).toEqual([{ task_sid: sid }]);
  expect(timeline()).toEqual(eventsNamed('EV1'));
});

it('asks again when the task or an offer of it has changed, and not otherwise', async () => {
  const { watch, asked, read, timeline } = begin(answerWith('EV1'), answerWith('EV2'), answerWith('EV3'));
  watch.open(sid, pending);
  await read(aLifecycle({ tasks: [aTask({ age: 61 })] }));
  expect(asked).toHaveLength(1);
  const offered = {
    tasks: [aTask({ assignment_status: 'reserved' })],
    reservations: [aReservation()],
  } as const;
  await read(aLifecycle(offered));
  expect(asked).toHaveLength(2);
  await read(aLifecycle({ ...offered, reservations: [aReservation({ reservation_status: 'accepted' })] }));
  expect(asked).toHaveLength(3);
  expect(timeline()).toEqual(eventsNamed('EV3'));
});

it('keeps what it has when it gets no answer, and asks again with the next reading', async () => {
  const { watch, asked, read, timeline } = begin(answerWith('EV1'), anAnswer(503, {}), answerWith('EV2'));
  const changed = aLifecycle({ tasks: [aTask({ assignment_status: 'canceled' })] });
  watch.open(sid, pending);
  await read(changed);
  expect(timeline()).toEqual(eventsNamed('EV1'));
  await read(changed);
  expect(asked).toHaveLength(3);
  expect(timeline()).toEqual(eventsNamed('EV2'));
});

it('forgets a task that nobody looks into any more', async () => {
  const { watch, asked, read, timeline } = begin(answerWith('EV1'));
  watch.open(sid, pending);
  watch.close(sid);
  await read(aLifecycle({ tasks: [aTask({ assignment_status: 'canceled' })] }));
  expect(asked).toHaveLength(1);
  expect(timeline()).toBeUndefined();
});
