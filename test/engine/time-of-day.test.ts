import { timeOfDay } from '../../src/taskrouter/engine/rules/time-of-day';
import { EngineBench } from '../support/engine-bench';

/** Page: https://www.twilio.com/docs/taskrouter/time-of-day-routing */
const at = (date: string) => Date.parse(date);

it.each([
  ['2026-02-02T00:00:00Z', { currentTime: 0, currentHour: 0, currentMin: 0, dayOfWeek: 'Mon' }],
  ['2026-02-03T08:05:59Z', { currentTime: 805, currentHour: 8, currentMin: 5, dayOfWeek: 'Tue' }],
  ['2026-02-07T18:30:00Z', { currentTime: 1830, currentHour: 18, currentMin: 30, dayOfWeek: 'Sat' }],
  ['2026-02-08T23:59:59Z', { currentTime: 2359, currentHour: 23, currentMin: 59, dayOfWeek: 'Sun' }],
])('at %s is %j', (date, expected) => {
  expect(timeOfDay(at(date))).toEqual(expected);
});

function benchAt(date: string, expression: string): EngineBench {
  const bench = new EngineBench({
    rules: ({ spanish, english }) => ({
      filters: [{ expression, targets: [{ queue: spanish }] }],
      default_filter: { queue: english },
    }),
  });
  bench.now = at(date);
  return bench;
}

describe('a filter', () => {
  const office = 'taskrouter.currentTime > 0800 AND taskrouter.currentTime < 1830';
  it.each([
    ['2026-02-03T07:59:00Z', 'English'],
    ['2026-02-03T08:01:00Z', 'Spanish'],
    ['2026-02-03T18:29:00Z', 'Spanish'],
    ['2026-02-03T18:30:00Z', 'English'],
  ])('for office hours sends a task of %s to %s', (date, queue) => {
    const bench = benchAt(date, office);
    expect(bench.queueOf(bench.addTask())).toBe(queue);
  });

  it('uses the time at which a task is routed again', () => {
    const bench = benchAt('2026-02-03T18:29:00Z', office);
    const task = bench.addTask();
    bench.pass(120);
    bench.updateTask(task, { attributes: { text: '{"n":1}', value: { n: 1 } } });
    expect(bench.queueOf(task)).toBe('English');
  });

  it('reads the attribute of the task if there is one with that name', () => {
    const bench = benchAt('2026-02-03T03:00:00Z', 'taskrouter.currentHour == 12');
    expect(bench.queueOf(bench.addTask({ taskrouter: { currentHour: 12 } }))).toBe('Spanish');
  });
});

describe('the expression of a target', () => {
  it('chooses workers by the day of the week', () => {
    const bench = new EngineBench({
      rules: ({ english }) => ({
        filters: [
          {
            expression: '1==1',
            targets: [{ queue: english, expression: 'taskrouter.dayOfWeek IN worker.days' }],
          },
        ],
      }),
    });
    bench.now = at('2026-02-03T09:00:00Z');
    bench.addWorker('Mona', { languages: ['en'], days: ['Mon'] }, 'Idle');
    bench.addWorker('Tuva', { languages: ['en'], days: ['Tue'] }, 'Idle');
    expect(bench.offeredTo(bench.addTask())).toEqual(['Tuva']);
  });
});
