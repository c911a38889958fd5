import { type ClockState, VirtualClock } from '../../src/system/virtual-clock';

const start = 1_000_000;

/** A clock and what it woke, with the time of each. */
function bench(settled?: () => Promise<void>, keep?: (state: ClockState) => void) {
  const clock = new VirtualClock(start, settled, keep);
  const woken: [string, number][] = [];
  const at = (time: number, name: string, purpose?: 'event' | 'upkeep') =>
    clock.wakeAt(start + time, () => woken.push([name, clock.now() - start]), purpose);
  return { clock, woken, at };
}

/** A promise to be resolved by hand. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('advance', () => {
  it('runs timers in order of time, then of creation, and ends at the given time', async () => {
    const { clock, woken, at } = bench();
    at(200, 'late');
    at(100, 'first');
    at(100, 'second');
    at(301, 'beyond');
    await clock.advance(300);
    expect(woken).toEqual([
      ['first', 100],
      ['second', 100],
      ['late', 200],
    ]);
    expect(clock.now()).toBe(start + 300);
  });

  it('runs timers that other timers set on the way', async () => {
    const { clock, woken, at } = bench();
    clock.wakeAt(start + 10, () => at(20, 'chained'));
    await clock.advance(30);
    expect(woken).toEqual([['chained', 20]]);
  });

  it('does not run a canceled timer', async () => {
    const { clock, woken, at } = bench();
    at(10, 'cancelled')();
    await clock.advance(20);
    expect(woken).toEqual([]);
  });

  it('runs timers set in the past without going back', async () => {
    const { clock, woken, at } = bench();
    at(-50, 'past');
    await clock.advance(0);
    expect(woken).toEqual([['past', 0]]);
  });

  it('waits after each step until everything is settled', async () => {
    const gates = [gate(), gate()];
    let calls = 0;
    const { clock, woken, at } = bench(async () => gates[calls++]?.opened);
    at(10, 'first');
    at(20, 'second');
    const advanced = clock.advance(30);
    expect(woken).toEqual([]);
    gates[0]?.open();
    while (woken.length === 0) await Promise.resolve();
    expect([woken, clock.now()]).toEqual([[['first', 10]], start + 10]);
    gates[1]?.open();
    await advanced;
    expect(woken).toEqual([
      ['first', 10],
      ['second', 20],
    ]);
  });

  it('queues behind an advance in progress', async () => {
    const { clock, woken, at } = bench();
    at(10, 'a');
    at(30, 'b');
    await Promise.all([clock.advance(20), clock.advance(20)]);
    expect(woken).toEqual([
      ['a', 10],
      ['b', 30],
    ]);
    expect(clock.now()).toBe(start + 40);
  });

  it('continues after one that failed', async () => {
    let failing = true;
    const { clock } = bench(async () => {
      if (failing) throw new Error('the store failed');
    });
    await expect(clock.advance(10)).rejects.toThrow('the store failed');
    failing = false;
    await clock.advance(10);
    expect(clock.now()).toBe(start + 10);
  });

  it.each([-1, Number.NaN])('refuses %s', (milliseconds) => {
    const { clock } = bench();
    expect(() => clock.advance(milliseconds)).toThrow(RangeError);
  });
});

describe('advanceToNext', () => {
  it('moves to the next timer and no further', async () => {
    const { clock, woken, at } = bench();
    at(500, 'next');
    at(501, 'after it');
    expect(clock.next()).toBe(start + 500);
    expect(await clock.advanceToNext()).toBe(start + 500);
    expect(woken).toEqual([['next', 500]]);
  });

  it('skips maintenance timers, but runs them on the way', async () => {
    const { clock, woken, at } = bench();
    at(100, 'upkeep', 'upkeep');
    at(500, 'next');
    expect(await clock.advanceToNext()).toBe(start + 500);
    expect(woken).toEqual([
      ['upkeep', 100],
      ['next', 500],
    ]);
  });

  it('does not move when there is no next timer, or only one beyond the limit', async () => {
    const { clock, at } = bench();
    at(100, 'upkeep', 'upkeep');
    expect(await clock.advanceToNext()).toBeNull();
    at(200, 'next');
    expect(await clock.advanceToNext(start + 199)).toBeNull();
    expect(clock.now()).toBe(start);
  });
});

describe('a running clock', () => {
  it('runs timers on its own, and stops when stopped', async () => {
    const { clock } = bench();
    await clock.run();
    await new Promise<void>((wake) => clock.wakeAt(start + 5, wake));
    expect(clock.now()).toBeGreaterThanOrEqual(start + 5);
    expect(clock.running).toBe(true);
    await clock.stop();
    const stoppedAt = clock.now();
    await new Promise((resolve) => setImmediate(resolve));
    expect([clock.running, clock.now()]).toEqual([false, stoppedAt]);
  });

  it('can be advanced, and continues from there', async () => {
    const { clock, woken, at } = bench();
    at(3_600_000, 'in an hour');
    await clock.run();
    await clock.advance(3_600_000);
    expect(woken.map(([name]) => name)).toEqual(['in an hour']);
    await new Promise<void>((wake) => clock.wakeAt(clock.now() + 3, wake));
    expect(clock.now()).toBeGreaterThanOrEqual(start + 3_600_003);
    await clock.stop();
  });
});

describe('the stored time', () => {
  it('is saved before every move, with its target time', async () => {
    const kept: ClockState[] = [];
    const { clock, at } = bench(undefined, (state) => kept.push(state));
    clock.wakeAt(start + 10, () => expect(kept).toHaveLength(1));
    await clock.advance(100);
    at(200, 'next');
    await clock.advanceToNext();
    await clock.run();
    await clock.stop();
    expect(kept.slice(0, 3)).toEqual([
      { time: start + 100, running: false },
      { time: start + 200, running: false },
      { time: start + 200, running: true },
    ]);
    expect(kept[3]).toEqual({ time: clock.now(), running: false });
  });

  it('lets the clock run on when its stop cannot be saved', async () => {
    const { clock } = bench(undefined, ({ running }) => {
      if (!running) throw new Error('the disk is full');
    });
    await clock.run();
    await expect(clock.stop()).rejects.toThrow('the disk is full');
    expect(clock.running).toBe(true);
  });

  it('stops the clock when it cannot be saved', async () => {
    const { clock, woken, at } = bench(undefined, () => {
      throw new Error('the disk is full');
    });
    at(10, 'never');
    await expect(clock.advance(20)).rejects.toThrow('the disk is full');
    expect([woken, clock.now()]).toEqual([[], start]);
  });
});

it('stops at another time without running what is between, also at an earlier one', async () => {
  const kept: ClockState[] = [];
  const { clock, woken, at } = bench(undefined, (state) => kept.push(state));
  at(100, 'between');
  await clock.run();
  await clock.stopAt(start + 500);
  expect([clock.now(), clock.running, woken]).toEqual([start + 500, false, []]);
  await clock.stopAt(start - 500);
  expect(clock.now()).toBe(start - 500);
  expect(kept.at(-1)).toEqual({ time: start - 500, running: false });
  await clock.advance(600);
  expect(woken).toEqual([['between', 100]]);
});
