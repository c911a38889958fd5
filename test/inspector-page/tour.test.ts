import {
  advanceTour,
  newTour,
  nextTask,
  restartedTour,
  type Tour,
  tourInRun,
  tourSteps,
} from '../../src/inspector-page/data/tour';
import { instructionFor } from '../../src/inspector-page/data/tour-instructions';
import { loadTour, saveTour } from '../../src/inspector-page/data/tour-storage';
import { event, taskSid } from './samples';

type EventType = Parameters<typeof event>[0];

/** A tour after these events, numbered from 1. */
function tourAfter(tour: Tour, ...types: readonly EventType[]): Tour {
  return types.reduce(
    (one, type, index) =>
      advanceTour(
        one,
        event(type, { id: tour.lastId + index + 1, worker_name: 'Alice', reservation_sid: 'WR1' }),
      ),
    tour,
  );
}
const reached = (tour: Tour) => tourSteps.filter((step) => tour.reached[step] !== undefined);

it('begins with the first task that is created, and follows its progress', () => {
  const created = tourAfter(newTour, 'worker.created', 'task.created');
  expect([reached(created), nextTask(created)]).toEqual([['created'], 'available']);
  const reserved = tourAfter(created, 'reservation.created');
  expect([reached(reserved), nextTask(reserved)]).toEqual([['created', 'available', 'reserved'], 'accepted']);
  const accepted = tourAfter(reserved, 'reservation.accepted');
  expect(nextTask(accepted)).toBe('completed');
  const completed = tourAfter(accepted, 'task.wrapup', 'task.completed');
  expect([reached(completed), nextTask(completed)]).toEqual([tourSteps, undefined]);
});

describe('with several tasks', () => {
  const other = { id: 9, task_sid: `WT${'9'.repeat(32)}` };

  it('follows its own task while that is offered to a worker or assigned', () => {
    const tour = tourAfter(newTour, 'task.created', 'reservation.created');
    const types = ['task.created', 'reservation.created', 'reservation.accepted', 'task.completed'] as const;
    for (const type of types) expect(advanceTour(tour, event(type, other))).toEqual({ ...tour, lastId: 9 });
  });

  it('keeps its own task when another is created', () => {
    const tour = tourAfter(newTour, 'task.created');
    expect(advanceTour(tour, event('task.created', other)).taskSid).toBe(taskSid);
  });

  it('goes on with another task that is offered to a worker while its own still waits', () => {
    const tour = advanceTour(tourAfter(newTour, 'task.created'), event('reservation.created', other));
    expect([tour.taskSid, reached(tour)]).toEqual([other.task_sid, ['created', 'available', 'reserved']]);
  });

  it('starts over with the next task once its own is completed', () => {
    const tour = advanceTour(
      tourAfter(newTour, 'task.created', 'task.completed'),
      event('task.created', other),
    );
    expect([tour.taskSid, reached(tour)]).toEqual([other.task_sid, ['created']]);
  });
});

it('ignores repeated events, but not those of another run', () => {
  const tour = tourInRun(tourAfter(newTour, 'task.created'), 'first');
  const reserved = event('reservation.created', { id: 1 });
  expect(reached(advanceTour({ ...tour, lastId: 1 }, reserved))).toEqual(['created']);
  expect(reached(advanceTour(tourInRun({ ...tour, lastId: 1 }, 'second'), reserved))).toHaveLength(3);
});

it.each(['reservation.rejected', 'reservation.timeout', 'reservation.canceled'] as const)(
  'waits for a worker again after %s',
  (type) => {
    const tour = tourAfter(newTour, 'task.created', 'reservation.created', type);
    expect([reached(tour), nextTask(tour), tour.taskSid]).toEqual([['created'], 'available', taskSid]);
  },
);

it.each(['task.canceled', 'task.deleted', 'task.system-deleted'] as const)('starts over after %s', (type) => {
  const tour = tourAfter(newTour, 'task.created', type);
  expect([reached(tour), tour.taskSid, tour.lastId]).toEqual([[], null, 2]);
});

it('stays complete when the completed task is removed', () => {
  const tour = tourAfter(newTour, 'task.created', 'task.completed', 'task.system-deleted');
  expect(nextTask(tour)).toBeUndefined();
});

it('starts over with the next task that is created', () => {
  const tour = restartedTour(tourAfter(newTour, 'task.created', 'task.completed'));
  expect(advanceTour(tour, event('task.created', { id: 2 })).taskSid).toBeNull();
  expect(advanceTour(tour, event('task.created', { id: 3 })).taskSid).toBe(taskSid);
});

const nowhere = { functions_url: null, suggested_move: null };
const here = { ...nowhere, functions_url: 'http://127.0.0.1:3000' };

it('suggests a worker and an available activity of the workspace', () => {
  const suggested_move = { worker: 'Zoë & co', activity: 'On call' };
  const { sentence, text } = instructionFor('available', newTour, { ...here, suggested_move });
  expect(sentence).toBe('Set Zoë & co On call on the lifecycle page, or open this URL:');
  expect(new URL(text).searchParams.get('worker')).toBe('Zoë & co');
  expect(new URL(text).searchParams.get('activity')).toBe('On call');
});

it('names no worker where the workspace file has none', () => {
  const { sentence, text } = instructionFor('available', newTour, here);
  expect(sentence).toBe('Set a worker to an available activity on the lifecycle page, or open this URL:');
  expect(text).toBe('http://127.0.0.1:3000/set-worker-activity?worker={Worker}&activity={Activity}');
});

it('gives instructions with the known sids and without credentials', () => {
  const tour = tourAfter(newTour, 'task.created', 'reservation.created');
  expect(instructionFor('accepted', tour, here).text).toBe(
    `http://127.0.0.1:3000/accept-reservation?task_sid=${taskSid}`,
  );
  expect(instructionFor('accepted', tour, here).sentence).toContain('Accept for Alice');
  expect(instructionFor('accepted', tour, nowhere).text).toContain(`Tasks/${taskSid}/Reservations/WR1" -d`);
  expect(instructionFor('created', newTour, nowhere).text).toContain(
    '"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"',
  );
});

describe('the saved tour', () => {
  const storage = (text: string | null) => ({ getItem: () => text, setItem: () => undefined });

  it('is loaded as it was saved', () => {
    let saved = '';
    const tour = tourAfter(newTour, 'task.created');
    const setItem = (_key: string, value: string) => {
      saved = value;
    };
    saveTour({ getItem: () => null, setItem }, tour);
    expect(loadTour(storage(saved))).toEqual(tour);
  });

  it.each([null, 'nonsense', '{}', '[]', '3'])('is new if the storage contains %j', (text) => {
    expect(loadTour(storage(text))).toEqual(newTour);
    expect(loadTour(null)).toEqual(newTour);
  });

  it('works if the storage is full', () => {
    const full = () => {
      throw new Error('QuotaExceededError');
    };
    expect(() => saveTour({ getItem: () => null, setItem: full }, newTour)).not.toThrow();
  });
});
