import { setImmediate as settled } from 'node:timers/promises';
import type { FunctionResponse, Parameters } from '../../assets/lifecycle/function-client';
import type { LifecycleEvent, LifecycleResponse } from '../../assets/lifecycle/lifecycle-response';
import { TimelineLoader, type Timelines } from '../../assets/lifecycle/timeline-loader';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aResponse, aTask } from './samples';

const sid = exampleSid('WT');
const pending = aLifecycle({ tasks: [aTask()] });
const eventsNamed = (event_sid: string) => [{ event_sid } as LifecycleEvent];

/** A loader whose requests get these responses in turn. */
function begin(...responses: FunctionResponse[]) {
  const requested: (Parameters | undefined)[] = [];
  let timelines: Timelines = new Map();
  const loader = new TimelineLoader(
    async (_name, parameters) => {
      requested.push(parameters);
      return responses.shift() ?? aResponse(503, {});
    },
    (changed) => {
      timelines = changed;
    },
  );
  const update = async (lifecycle: LifecycleResponse) => {
    loader.update(lifecycle);
    await settled();
  };
  return { loader, requested, update, timeline: () => timelines.get(sid) };
}

const responseWith = (event_sid: string) => aResponse(200, aLifecycle({ events: eventsNamed(event_sid) }));

it('requests the events of an open task, and of no other', async () => {
  const { loader, requested, update, timeline } = begin(responseWith('EV1'));
  await update(pending);
  expect(requested).toEqual([]);
  loader.open(sid, pending);
  await settled();
  expect(requested).toEqual([{ task_sid: sid }]);
  expect(timeline()).toEqual(eventsNamed('EV1'));
});

it('requests again when the task or one of its offers has changed, and not otherwise', async () => {
  const { loader, requested, update, timeline } = begin(
    responseWith('EV1'),
    responseWith('EV2'),
    responseWith('EV3'),
  );
  loader.open(sid, pending);
  await update(aLifecycle({ tasks: [aTask({ age: 61 })] }));
  expect(requested).toHaveLength(1);
  const offered = {
    tasks: [aTask({ assignment_status: 'reserved' })],
    reservations: [aReservation()],
  } as const;
  await update(aLifecycle(offered));
  expect(requested).toHaveLength(2);
  await update(aLifecycle({ ...offered, reservations: [aReservation({ reservation_status: 'accepted' })] }));
  expect(requested).toHaveLength(3);
  expect(timeline()).toEqual(eventsNamed('EV3'));
});

it('keeps its events after a failure, and requests again with the next update', async () => {
  const { loader, requested, update, timeline } = begin(
    responseWith('EV1'),
    aResponse(503, {}),
    responseWith('EV2'),
  );
  const changed = aLifecycle({ tasks: [aTask({ assignment_status: 'canceled' })] });
  loader.open(sid, pending);
  await update(changed);
  expect(timeline()).toEqual(eventsNamed('EV1'));
  await update(changed);
  expect(requested).toHaveLength(3);
  expect(timeline()).toEqual(eventsNamed('EV2'));
});

it('forgets a task that is closed', async () => {
  const { loader, requested, update, timeline } = begin(responseWith('EV1'));
  loader.open(sid, pending);
  loader.close(sid);
  await update(aLifecycle({ tasks: [aTask({ assignment_status: 'canceled' })] }));
  expect(requested).toHaveLength(1);
  expect(timeline()).toBeUndefined();
});
