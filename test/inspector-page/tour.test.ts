import {
  newTour,
  nextTask,
  restartedTour,
  type Tour,
  tourAfter,
  tourInRun,
  tourSteps,
} from '../../src/inspector-page/data/tour';
import { instructionFor } from '../../src/inspector-page/data/tour-instructions';
import { loadTour, saveTour } from '../../src/inspector-page/data/tour-storage';
import { happening, taskSid } from './samples';

/** A tour after these events, numbered from 1. */
function after(tour: Tour, ...types: readonly string[]): Tour {
  return types.reduce(
    (one, type, index) =>
      tourAfter(
        one,
        happening(type, { id: tour.lastId + index + 1, worker_name: 'Alice', reservation_sid: 'WR1' }),
      ),
    tour,
  );
}
const reached = (tour: Tour) => tourSteps.filter((step) => tour.reached[step] !== undefined);

it('begins with the first task that is created, and ticks what happens to it', () => {
  const created = after(newTour, 'worker.created', 'task.created');
  expect([reached(created), nextTask(created)]).toEqual([['created'], 'available']);
  const reserved = after(created, 'reservation.created');
  expect([reached(reserved), nextTask(reserved)]).toEqual([['created', 'available', 'reserved'], 'accepted']);
  const accepted = after(reserved, 'reservation.accepted');
  expect(nextTask(accepted)).toBe('completed');
  const completed = after(accepted, 'task.wrapup', 'task.completed');
  expect([reached(completed), nextTask(completed)]).toEqual([tourSteps, undefined]);
});

it('goes along with one task, whatever happens to others', () => {
  const tour = after(newTour, 'task.created');
  const other = { id: 9, task_sid: `WT${'9'.repeat(32)}` };
  expect(reached(tourAfter(tour, happening('reservation.created', other)))).toEqual(['created']);
  expect(tourAfter(tour, happening('task.created', other)).taskSid).toBe(taskSid);
});

it('counts nothing twice, and an event of another run as one', () => {
  const tour = tourInRun(after(newTour, 'task.created'), 'first');
  const reserved = happening('reservation.created', { id: 1 });
  expect(reached(tourAfter({ ...tour, lastId: 1 }, reserved))).toEqual(['created']);
  expect(reached(tourAfter(tourInRun({ ...tour, lastId: 1 }, 'second'), reserved))).toHaveLength(3);
});

it.each(['reservation.rejected', 'reservation.timeout', 'reservation.canceled'])(
  'goes back to looking for a worker after %s',
  (type) => {
    const tour = after(newTour, 'task.created', 'reservation.created', type);
    expect([reached(tour), nextTask(tour), tour.taskSid]).toEqual([['created'], 'available', taskSid]);
  },
);

it.each(['task.canceled', 'task.deleted', 'task.system-deleted'])('begins again after %s', (type) => {
  const tour = after(newTour, 'task.created', type);
  expect([reached(tour), tour.taskSid, tour.lastId]).toEqual([[], null, 2]);
});

it('stays complete when the completed task is removed', () => {
  const tour = after(newTour, 'task.created', 'task.completed', 'task.system-deleted');
  expect(nextTask(tour)).toBeUndefined();
});

it('starts over with what is created from then on', () => {
  const tour = restartedTour(after(newTour, 'task.created', 'task.completed'));
  expect(tourAfter(tour, happening('task.created', { id: 2 })).taskSid).toBeNull();
  expect(tourAfter(tour, happening('task.created', { id: 3 })).taskSid).toBe(taskSid);
});

it('says what to type, with the sids it knows and never with credentials', () => {
  const tour = after(newTour, 'task.created', 'reservation.created');
  expect(instructionFor('accepted', tour, 'http://127.0.0.1:3000').text).toBe(
    `http://127.0.0.1:3000/accept-reservation?task_sid=${taskSid}`,
  );
  expect(instructionFor('accepted', tour, 'http://127.0.0.1:3000').sentence).toContain('Let Alice accept');
  expect(instructionFor('accepted', tour, null).text).toContain(`Tasks/${taskSid}/Reservations/WR1" -d`);
  expect(instructionFor('created', newTour, null).text).toContain('"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"');
});

describe('the kept tour', () => {
  const storage = (text: string | null) => ({ getItem: () => text, setItem: () => undefined });

  it('comes back as it was', () => {
    let kept = '';
    const tour = after(newTour, 'task.created');
    const setItem = (_key: string, value: string) => {
      kept = value;
    };
    saveTour({ getItem: () => null, setItem }, tour);
    expect(loadTour(storage(kept))).toEqual(tour);
  });

  it.each([null, 'nonsense', '{}', '[]', '3'])('begins anew when %j is what was kept', (text) => {
    expect(loadTour(storage(text))).toEqual(newTour);
    expect(loadTour(null)).toEqual(newTour);
  });

  it('does without a storage that is full', () => {
    const full = () => {
      throw new Error('QuotaExceededError');
    };
    expect(() => saveTour({ getItem: () => null, setItem: full }, newTour)).not.toThrow();
  });
});
