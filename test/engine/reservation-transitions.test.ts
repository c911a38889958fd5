import { InvalidTransition, ReservationRescinded } from '../../src/taskrouter/model/errors';
import { type ReservationStatus, reservationStatuses } from '../../src/taskrouter/model/statuses';
import { EngineBench } from '../support/engine-bench';
import { refusal } from '../support/refusal';

/** One task is offered to both Alice and Bob. The tests move Alice's reservation. */
class Round {
  readonly bench: EngineBench;
  readonly task: string;
  readonly sid: string;
  readonly sibling: string;

  constructor(multiTaskEnabled: boolean) {
    this.bench = new EngineBench({ multiTaskEnabled, queue: { maxReservedWorkers: 2 } });
    this.bench.setActivity(this.bench.alice, 'Idle');
    this.bench.setActivity(this.bench.bob, 'Idle');
    this.task = this.bench.addTask({ selected_language: 'en' });
    this.sid = this.bench.pending(this.task, 'Alice').sid;
    this.sibling = this.bench.pending(this.task, 'Bob').sid;
  }

  ask(status: ReservationStatus, sid = this.sid) {
    return this.bench.updateReservation(this.bench.reservation(sid), status);
  }

  get status() {
    return this.bench.reservation(this.sid).status;
  }
}

const waysTo: Record<ReservationStatus, (round: Round) => void> = {
  pending: () => undefined,
  accepted: (round) => round.ask('accepted'),
  rejected: (round) => round.ask('rejected'),
  canceled: (round) => round.ask('canceled'),
  rescinded: (round) => round.ask('accepted', round.sibling),
  wrapping: (round) => {
    round.ask('accepted');
    round.ask('wrapping');
  },
  completed: (round) => {
    round.ask('accepted');
    round.ask('completed');
  },
  timeout: (round) => round.bench.pass(120),
};

function reservationIn(status: ReservationStatus, multiTaskEnabled: boolean): Round {
  const round = new Round(multiTaskEnabled);
  waysTo[status](round);
  expect(round.status).toBe(status);
  round.bench.takeEventTypes();
  return round;
}

/** By current status: the transitions that a client may request. All others are refused. */
const allowed: Record<ReservationStatus, readonly ReservationStatus[]> = {
  pending: ['accepted', 'rejected', 'canceled'],
  accepted: ['wrapping', 'completed'],
  wrapping: ['completed'],
  rejected: [],
  timeout: [],
  canceled: [],
  rescinded: [],
  completed: [],
};

const enginesOwn: readonly string[] = ['pending', 'timeout', 'rescinded'];
const pairs = reservationStatuses.flatMap((from) =>
  reservationStatuses.map((wanted) => [from, wanted] as const),
);

function expectedText(sid: string, from: string, wanted: string): string {
  if (enginesOwn.includes(wanted)) return `Reservation ${sid} cannot be updated to [${wanted}] by a client`;
  return `Reservation ${sid} is already in state [${from}] and cannot be updated to [${wanted}]`;
}

describe.each([
  ['single-tasking', false],
  ['multitasking', true],
])('reservation transitions in a %s workspace', (_name, multiTaskEnabled) => {
  it.each(pairs)('responds to a client that changes a %s reservation to %s', (from, wanted) => {
    const round = reservationIn(from, multiTaskEnabled);
    if (allowed[from].includes(wanted)) {
      expect(round.ask(wanted)).toMatchObject({ sid: round.sid, status: wanted });
      expect(round.status).toBe(wanted);
      return;
    }
    const error = refusal(round.bench, () => round.ask(wanted));
    const rescinded = from === 'rescinded' && wanted === 'accepted';
    expect(error).toBeInstanceOf(rescinded ? ReservationRescinded : InvalidTransition);
    expect(error.message).toBe(expectedText(round.sid, from, wanted));
  });

  it.each([
    ['pending', 'timeout'],
    ['accepted', 'accepted'],
    ['wrapping', 'wrapping'],
    ['rejected', 'rejected'],
    ['canceled', 'canceled'],
    ['rescinded', 'rescinded'],
    ['completed', 'completed'],
    ['timeout', 'timeout'],
  ] as const)('turns a %s reservation into %s once its timeout is over', (from, expected) => {
    const round = reservationIn(from, multiTaskEnabled);
    round.bench.pass(120);
    expect(round.status).toBe(expected);
  });

  it.each([
    ['pending', 'rescinded'],
    ['rejected', 'rejected'],
    ['canceled', 'canceled'],
  ] as const)('turns a %s reservation into %s once its sibling is accepted', (from, expected) => {
    const round = reservationIn(from, multiTaskEnabled);
    round.ask('accepted', round.sibling);
    expect(round.status).toBe(expected);
    expect(round.bench.statusOf(round.task)).toBe('assigned');
  });

  it.each([
    ['rejected', 'reserved'],
    ['canceled', 'reserved'],
    ['accepted', 'assigned'],
    ['wrapping', 'wrapping'],
    ['completed', 'completed'],
    ['rescinded', 'assigned'],
    ['timeout', 'pending'],
  ] as const)('leaves the task, with one reservation %s, %s', (from, expected) => {
    const round = reservationIn(from, multiTaskEnabled);
    expect(round.bench.statusOf(round.task)).toBe(expected);
  });
});

it('refuses acceptance at the moment of the timeout, even if the engine has not advanced its time', () => {
  const round = new Round(false);
  round.bench.now += 120_000;
  const error = refusal(round.bench, () => round.ask('accepted'));
  expect(error.message).toBe(expectedText(round.sid, 'timeout', 'accepted'));
});

it('increments the version of the reservation with each change', () => {
  const round = new Round(false);
  expect(round.bench.reservation(round.sid).version).toBe(0);
  expect(round.ask('accepted').version).toBe(1);
  expect(round.ask('wrapping').version).toBe(2);
});
