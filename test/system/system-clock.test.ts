import fc from 'fast-check';
import { SystemClock, wallCheckMs } from '../../src/system/system-clock';
import type { TimeSource } from '../../src/system/time-source';
import { FakeComputer } from '../support/fake-computer';

const hour = 3_600_000;

function start(lastTime: number | null = null) {
  const computer = new FakeComputer();
  const jumps: number[] = [];
  const clock = new SystemClock({ source: computer, lastTime, onJump: (byMs) => void jumps.push(byMs) });
  return { computer, clock, jumps, started: computer.wall() };
}

it("is this computer's time while nobody sets its clock", () => {
  const { computer, clock, jumps } = start();
  for (const milliseconds of [0, 0.4, 0.7, 5, 1234.5, hour]) {
    computer.pass(milliseconds);
    expect(clock.now()).toBe(computer.wall());
  }
  expect(jumps).toEqual([]);
});

it('goes on when the wall clock goes back', () => {
  const { computer, clock, started } = start();
  computer.pass(5000);
  expect(clock.now()).toBe(started + 5000);
  computer.setClock(-hour);
  expect(clock.now()).toBe(started + 5000);
  computer.pass(10);
  expect(clock.now()).toBe(started + 5010);
});

it('runs what is due at its time although the wall clock went back', () => {
  const { computer, clock, started } = start();
  let ranAt = 0;
  clock.wakeAt(started + 20_000, () => {
    ranAt = clock.now();
  });
  computer.setClock(-hour);
  computer.pass(19_999);
  expect(ranAt).toBe(0);
  computer.pass(1);
  expect(ranAt).toBe(started + 20_000);
});

it.each([
  ['its clock was set', (computer: FakeComputer) => computer.setClock(hour)],
  ['it slept', (computer: FakeComputer) => computer.sleep(hour)],
])('runs what became due within a second, in order, after a computer woke up or %s', (_, jump) => {
  const { computer, clock, started } = start();
  const ran: string[] = [];
  clock.wakeAt(started + hour + 5000, () => ran.push('later'));
  clock.wakeAt(started + 50 * 60_000, () => ran.push('third'));
  clock.wakeAt(started + 60_000, () => ran.push('first'));
  clock.wakeAt(started + 60_000, () => ran.push('second'));
  computer.pass(500);
  jump(computer);
  expect(ran).toEqual([]);
  computer.pass(wallCheckMs);
  expect(ran).toEqual(['first', 'second', 'third']);
  computer.pass(4000);
  expect(ran.at(-1)).toBe('later');
  expect(clock.now()).toBe(computer.wall());
});

it('never runs a wake in the call that asks for it, and never one that was canceled', () => {
  const { computer, clock, started } = start();
  const ran: string[] = [];
  clock.wakeAt(started - 5, () => {
    ran.push('past');
    cancelOther();
    clock.wakeAt(started - 5, () => ran.push('again'));
    expect(ran).toEqual(['past']);
  });
  const cancelOther = clock.wakeAt(started, () => ran.push('canceled'));
  expect(ran).toEqual([]);
  computer.pass(1);
  expect(ran).toEqual(['past']);
  computer.pass(1);
  expect(ran).toEqual(['past', 'again']);
});

it('runs the other wakes when one throws', () => {
  const { computer, clock, started } = start();
  const ran: string[] = [];
  clock.wakeAt(started, () => {
    throw new Error('a fault');
  });
  clock.wakeAt(started, () => ran.push('other'));
  expect(() => computer.pass(1)).toThrow('a fault');
  computer.pass(1);
  expect(ran).toEqual(['other']);
});

it('keeps no timer when nothing waits, so that the process can end', () => {
  const { computer, clock, started } = start();
  const cancel = clock.wakeAt(started + 1000, () => undefined);
  clock.wakeAt(started + 2000, () => undefined);
  cancel();
  expect(computer.timerCount).toBe(2);
  computer.pass(2000);
  expect(computer.timerCount).toBe(0);
});

it('waits for longer than a timer of Node can', () => {
  const { computer, started } = start();
  // A year of checks would take long.
  const source: TimeSource = {
    wall: () => computer.wall(),
    monotonic: () => computer.monotonic(),
    after: (delayMs, run) => computer.after(delayMs, run),
    every: () => () => undefined,
  };
  const year = 365 * 24 * hour;
  let ranAt = 0;
  new SystemClock({ source }).wakeAt(started + year, () => {
    ranAt = computer.wall();
  });
  computer.pass(year);
  expect(ranAt).toBe(started + year);
});

it('continues from the time of the run before, until the wall clock has caught up', () => {
  const { computer, clock, started, jumps } = start(Date.parse('2026-01-31T13:00:00Z'));
  expect(clock.now()).toBe(started + hour);
  computer.pass(5000);
  expect(clock.now()).toBe(started + hour + 5000);
  computer.setClock(hour + 60_000);
  expect(clock.now()).toBe(computer.wall());
  expect(jumps).toEqual([hour + 60_000]);
});

describe('a jump of the wall clock', () => {
  it('is reported with its amount, in both directions', () => {
    const { computer, clock, jumps } = start();
    computer.setClock(-hour);
    clock.now();
    clock.now();
    computer.sleep(2 * hour);
    clock.now();
    expect(jumps).toEqual([-hour, 2 * hour]);
  });

  it('is reported although nobody asks for the time', () => {
    const { computer, clock, jumps, started } = start();
    clock.wakeAt(started + hour, () => undefined);
    computer.setClock(-5000);
    computer.pass(wallCheckMs);
    expect(jumps).toEqual([-5000]);
  });

  it('is not reported when the clock is only adjusted', () => {
    const { computer, clock, jumps } = start();
    for (let second = 0; second < 100; second++) {
      computer.pass(1000);
      computer.setClock(second % 3 ? 300 : -200);
      clock.now();
    }
    expect(jumps).toEqual([]);
  });

  it('is reported with the jumps after it when there are many', () => {
    const { computer, clock, jumps } = start();
    for (let second = 0; second < 310; second++) {
      computer.setClock(-2000);
      clock.now();
      computer.pass(1000);
    }
    const sum = -2000 * (300 - 4);
    expect(jumps).toEqual([-2000, -2000, -2000, -2000, -2000, sum, -2000, -2000, -2000, -2000]);
  });
});

/** A wake that waits, as the stored state would bring it back after a restart. */
interface Waiting {
  readonly time: number;
}

/** A process with wakes, its restarts, and what must hold meanwhile. */
class Run {
  readonly computer = new FakeComputer();
  private clock = new SystemClock({ source: this.computer });
  private last = this.clock.now();
  private waiting: Waiting[] = [];

  stamp(): number {
    const now = this.clock.now();
    expect(Number.isInteger(now)).toBe(true);
    expect(now).toBeGreaterThanOrEqual(this.last);
    expect(now).toBeGreaterThanOrEqual(this.computer.wall());
    this.last = now;
    return now;
  }

  wakeIn(milliseconds: number): void {
    const wake = { time: this.stamp() + milliseconds };
    this.waiting.push(wake);
    this.schedule(wake);
  }

  pass(milliseconds: number): void {
    this.computer.pass(milliseconds);
    const now = this.stamp();
    // After a jump, everything due has run one check later.
    if (milliseconds >= wallCheckMs) expect(this.waiting.filter(({ time }) => time < now)).toEqual([]);
  }

  restart(pauseMs: number): void {
    this.computer.endProcess();
    this.computer.pass(pauseMs);
    this.clock = new SystemClock({ source: this.computer, lastTime: this.last });
    for (const wake of this.waiting) this.schedule(wake);
  }

  private schedule(wake: Waiting): void {
    this.clock.wakeAt(wake.time, () => {
      expect(this.stamp()).toBeGreaterThanOrEqual(wake.time);
      // In order: nothing that waits is due before.
      expect(Math.min(...this.waiting.map(({ time }) => time))).toBe(wake.time);
      this.waiting = this.waiting.filter((other) => other !== wake);
    });
  }
}

it('never goes back and runs every wake in order and in time, whatever happens to the clock', () => {
  const ms = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.double({ min: 0, max: 10_000, noNaN: true }));
  const step = fc.oneof(
    fc.record({ do: fc.constant('pass' as const), ms }),
    fc.record({ do: fc.constant('wakeIn' as const), ms: fc.integer({ min: -10, max: 20_000 }) }),
    fc.record({ do: fc.constant('setClock' as const), ms: fc.integer({ min: -2 * hour, max: 2 * hour }) }),
    fc.record({ do: fc.constant('sleep' as const), ms: fc.integer({ min: 0, max: hour }) }),
    fc.record({ do: fc.constant('restart' as const), ms }),
    fc.record({ do: fc.constant('stamp' as const), ms: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const run = new Run();
      for (const { do: action, ms } of steps) {
        if (action === 'setClock' || action === 'sleep') run.computer[action](ms);
        else run[action](ms);
      }
      run.pass(wallCheckMs);
    }),
    { numRuns: 500 },
  );
});
