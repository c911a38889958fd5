import { VirtualClock } from '../../src/system/virtual-clock';
import { NotBuilt } from '../../src/taskrouter/model/errors';
import { StoreFailed } from '../../src/taskrouter/store/store';
import { type AttemptTimer, realTime } from '../../src/taskrouter/webhooks/attempt-timer';
import {
  type CallbackRequest,
  ExchangeFailed,
  type Transport,
} from '../../src/taskrouter/webhooks/transport';
import { assignmentDelivery, Bench, eventDelivery } from './fixtures';
import { hang, json, Receiver } from './receiver';

const open: Bench[] = [];
function bench(options: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  const made = new Bench(options);
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const made of open.splice(0)) await made.close();
});

/** Holds every request until the test responds to it. */
function byHand() {
  const requests: CallbackRequest[] = [];
  const waiting: (() => void)[] = [];
  const watchers: (() => void)[] = [];
  const respond = async (request: CallbackRequest) => {
    requests.push(request);
    for (const watcher of watchers.splice(0)) watcher();
    await new Promise<void>((letGo) => waiting.push(letGo));
    return { body: { instruction: 'accept' } };
  };
  const has = async (count: number) => {
    while (requests.length < count) await new Promise<void>((watcher) => watchers.push(watcher));
  };
  return { requests, respond, has, letGo: () => waiting.shift()?.() };
}

const urls = ['http://host.test/a'];
const settledSids = ({ taskRouter }: Bench) =>
  taskRouter.settled.map((command) => ('reservationSid' in command ? command.reservationSid : ''));

describe('the outbox', () => {
  it('waits until deliveries are started and is then processed in order', async () => {
    const rows = [1, 2, 3].map(() => assignmentDelivery(urls));
    const requests: CallbackRequest[] = [];
    const { taskRouter, deliveries } = bench({ respond: (request) => void requests.push(request) });
    taskRouter.commit(...rows);
    await deliveries.idle();
    expect(requests).toEqual([]);
    await deliveries.start();
    await deliveries.idle();
    expect(requests.map(({ parameters }) => parameters.ReservationSid)).toEqual(rows.map(({ sid }) => sid));
    expect(taskRouter.rows.size).toBe(0);
  });

  it('announces each callback once, without those withdrawn while it is read', async () => {
    const rows = [1, 2, 3].map(() => assignmentDelivery(urls));
    const requests: CallbackRequest[] = [];
    const { taskRouter, deliveries } = bench({ respond: (request) => void requests.push(request) });
    const [kept, withdrawn, added] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
    taskRouter.commit(kept, withdrawn);
    const started = deliveries.start();
    taskRouter.withdraw(withdrawn.sid);
    taskRouter.commit(kept, added);
    await started;
    await deliveries.idle();
    expect(requests.map(({ parameters }) => parameters.ReservationSid)).toEqual([kept.sid, added.sid]);
  });

  it('does not announce a callback that one commit both adds and withdraws', async () => {
    const row = assignmentDelivery(urls);
    const { taskRouter, deliveries, log } = bench({ respond: () => undefined });
    await deliveries.start();
    taskRouter.tell([
      { table: 'deliveries', sid: row.sid, before: undefined, after: row },
      { table: 'deliveries', sid: row.sid, before: row, after: undefined },
    ]);
    await deliveries.idle();
    expect(log.list()).toEqual([]);
  });

  it('keeps requests in flight when deliveries stop', async () => {
    const made = bench();
    const receiver = await made.with(Receiver.open(hang));
    const row = assignmentDelivery([receiver.origin]);
    await made.deliveries.start();
    made.taskRouter.commit(row);
    await receiver.has(1);
    await made.deliveries.stop(0);
    expect(made.taskRouter.settled).toEqual([]);
    expect([...made.taskRouter.rows.keys()]).toEqual([row.sid]);
    expect(made.errors).toEqual([]);
  });

  it('settles callbacks that get a response within the grace period of a stop, and starts no more', async () => {
    const hand = byHand();
    const made = bench({ respond: hand.respond, concurrency: { perQueue: 1 } });
    const [first, second] = [assignmentDelivery(urls), assignmentDelivery(urls)];
    await made.deliveries.start();
    made.taskRouter.commit(first, second);
    await hand.has(1);
    const stopped = made.deliveries.stop(60_000);
    hand.letGo();
    await stopped;
    made.taskRouter.commit(assignmentDelivery(urls));
    expect(settledSids(made)).toEqual([first.sid]);
    expect(hand.requests).toHaveLength(1);
  });
});

describe('deliveries', () => {
  it('limit the concurrent requests to one URL and start the rest in order', async () => {
    const hand = byHand();
    const made = bench({ respond: hand.respond, concurrency: { perQueue: 2 } });
    const rows = [1, 2, 3, 4].map(() => assignmentDelivery(urls));
    await made.deliveries.start();
    made.taskRouter.commit(...rows);
    await hand.has(2);
    expect(hand.requests).toHaveLength(2);
    for (let count = 3; count <= 4; count++) {
      hand.letGo();
      await hand.has(count);
      expect(hand.requests).toHaveLength(count);
    }
    hand.letGo();
    hand.letGo();
    await made.deliveries.idle();
    expect(hand.requests.map(({ parameters }) => parameters.ReservationSid)).toEqual(
      rows.map(({ sid }) => sid),
    );
  });

  it('send the event callbacks of a task one after another, and those of other tasks meanwhile', async () => {
    const hand = byHand();
    const made = bench({ respond: hand.respond });
    const [first, other] = [eventDelivery('http://host.test/e'), eventDelivery('http://host.test/e')];
    const { parameters } = first;
    const second = eventDelivery('http://host.test/e', { parameters });
    await made.deliveries.start();
    made.taskRouter.commit(first, second, other);
    await hand.has(2);
    await new Promise(setImmediate);
    const tasks = () => hand.requests.map((request) => request.parameters.TaskSid);
    expect(tasks()).toEqual([parameters.TaskSid, other.parameters.TaskSid]);
    hand.letGo();
    await hand.has(3);
    expect(tasks()).toEqual([parameters.TaskSid, other.parameters.TaskSid, parameters.TaskSid]);
    hand.letGo();
    hand.letGo();
    await made.deliveries.idle();
  });

  it('settle event callbacks together a little later, or at once when somebody waits', async () => {
    const due: (() => void)[] = [];
    const timer: AttemptTimer = {
      now: () => 0,
      after: (milliseconds, expire) => {
        if (milliseconds < 1000) due.push(expire);
        return () => undefined;
      },
    };
    const made = bench({ timer, respond: () => undefined });
    const recorded = (count: number) =>
      new Promise<void>((resolve) => made.log.onEntry(() => made.log.list().length === count && resolve()));
    await made.deliveries.start();
    const three = recorded(3);
    made.taskRouter.commit(...[1, 2, 3].map(() => eventDelivery('http://host.test/e')));
    await three;
    expect(made.taskRouter.settled).toEqual([]);
    expect(due).toHaveLength(1);
    due[0]?.();
    await Promise.resolve();
    expect(made.taskRouter.settled).toHaveLength(3);
    const fourth = recorded(4);
    made.taskRouter.commit(eventDelivery('http://host.test/e'));
    await fourth;
    expect(made.taskRouter.settled).toHaveLength(3);
    await made.deliveries.idle();
    expect(made.taskRouter.settled).toHaveLength(4);
  });

  it('send assignments at once, and events after the answers to the requests that caused them', async () => {
    const kinds: string[] = [];
    const made = bench({ respond: ({ kind }) => void kinds.push(kind) });
    await made.deliveries.start();
    made.taskRouter.commit(eventDelivery('http://host.test/e'), assignmentDelivery(urls));
    await Promise.resolve();
    expect(kinds).toEqual(['assignment']);
    expect(made.deliveries.size).toBe(2);
    await made.deliveries.idle();
    expect(kinds).toEqual(['assignment', 'event']);
  });

  it('do not let a URL that hangs delay another one of the same server, nor events delay an assignment', async () => {
    const made = bench({ concurrency: { perQueue: 1 } });
    const receiver = await made.with(
      Receiver.open((response, { url }) => void (url.endsWith('/slow') || response.end())),
    );
    const [slow, fast] = [`${receiver.origin}/slow`, `${receiver.origin}/fast`];
    const quick = [
      eventDelivery(fast),
      eventDelivery(`${fast}?a=1`),
      assignmentDelivery([slow.replace('slow', 'a')]),
    ];
    await made.deliveries.start();
    const settled = new Promise<void>((resolve) => {
      made.taskRouter.onCommit(() => quick.some(({ sid }) => made.taskRouter.rows.has(sid)) || resolve());
    });
    made.taskRouter.commit(...Array.from({ length: 100 }, () => eventDelivery(slow)), ...quick);
    await settled;
    expect(receiver.received.filter(({ url }) => url === slow)).toHaveLength(1);
  });

  it('send fewer requests at a time to a URL that times out, but always one', async () => {
    let open = 0;
    const counts: number[] = [];
    const transport: Transport = {
      perform: async () => {
        counts.push(++open);
        await new Promise(setImmediate);
        open--;
        throw new ExchangeFailed('read_timeout', 'no data');
      },
      close: async () => undefined,
    };
    const made = bench({ transport, timeouts: { assignment: 50, event: 50 } });
    await made.deliveries.start();
    made.taskRouter.commit(...Array.from({ length: 40 }, () => eventDelivery('http://host.test/slow')));
    await made.deliveries.idle();
    expect(Math.max(...counts.slice(0, 10))).toBe(8);
    expect(counts.slice(-20)).toEqual(Array(20).fill(1));
  });

  it('do not send a callback withdrawn while it queued, and do not settle it', async () => {
    const hand = byHand();
    const made = bench({ respond: hand.respond, concurrency: { perQueue: 1 } });
    const [first, second] = [assignmentDelivery(urls), assignmentDelivery(urls)];
    await made.deliveries.start();
    made.taskRouter.commit(first, second);
    made.taskRouter.withdraw(second.sid);
    await hand.has(1);
    hand.letGo();
    await made.deliveries.idle();
    expect(hand.requests).toHaveLength(1);
    expect(settledSids(made)).toEqual([first.sid]);
  });

  it('do not call the fallback for a reservation that was settled while the primary failed', async () => {
    const requests: string[] = [];
    const row = assignmentDelivery(['http://host.test/a', 'http://host.test/b']);
    const made = bench({
      respond: ({ url }) => {
        requests.push(url);
        made.taskRouter.withdraw(row.sid);
        return { status: 500 };
      },
    });
    expect((await made.deliver(row)).outcome).toBe('withdrawn');
    expect(requests).toEqual(['http://host.test/a']);
    expect(made.taskRouter.settled).toEqual([]);
  });

  it('are idle only when the consequences of a settlement are processed as well', async () => {
    const made = bench({ respond: () => undefined });
    const next = assignmentDelivery(urls);
    made.taskRouter.onCommit(() => {
      if (made.taskRouter.settled.length === 1 && !made.taskRouter.rows.has(next.sid))
        made.taskRouter.commit(next);
    });
    await made.deliver(assignmentDelivery(urls));
    expect(made.taskRouter.settled).toHaveLength(2);
  });

  it('are not idle while a commit is still being written', async () => {
    const made = bench({ respond: () => undefined });
    await made.deliveries.start();
    setImmediate(() => made.taskRouter.commit(assignmentDelivery(urls)));
    await made.deliveries.idle();
    expect(made.taskRouter.settled).toHaveLength(1);
    expect(made.taskRouter.rows.size).toBe(0);
  });

  it('stop without an error when the store has failed', async () => {
    const made = bench({ respond: () => undefined });
    made.taskRouter.refuses = () => new StoreFailed('disk full');
    await made.deliver(assignmentDelivery(urls));
    made.taskRouter.commit(assignmentDelivery(urls));
    await made.deliveries.idle();
    expect(made.errors).toEqual([]);
    expect(made.log.list()).toHaveLength(1);
  });

  it('report any other error and continue', async () => {
    const made = bench({ respond: () => undefined });
    made.taskRouter.refuses = () => new NotBuilt('this');
    await made.deliver(assignmentDelivery(urls));
    made.taskRouter.refuses = () => null;
    made.taskRouter.commit(assignmentDelivery(urls));
    await made.deliveries.idle();
    expect(new Set(made.errors.map(({ name }) => name))).toEqual(new Set(['NotBuilt']));
    expect(made.taskRouter.settled).toHaveLength(1);
  });

  it('settle a reservation even when the log fails', async () => {
    const made = bench({ respond: () => undefined });
    made.log.onEntry(() => {
      throw new Error('a listener of the log failed');
    });
    await made.deliver(assignmentDelivery(urls));
    expect(made.taskRouter.settled).toHaveLength(1);
    expect(made.errors.map(({ message }) => message)).toEqual(['a listener of the log failed']);
  });
});

describe('a respond function', () => {
  it('gets the request as a receiver would, signature included', async () => {
    const requests: CallbackRequest[] = [];
    const made = bench({ respond: (request) => void requests.push(request) });
    const row = assignmentDelivery(['http://host.test/a#rc=2']);
    await made.deliver(row);
    expect(requests).toMatchObject([
      {
        kind: 'assignment',
        role: 'primary',
        url: 'http://host.test/a',
        parameters: row.parameters,
        headers: { 'X-Twilio-Signature': expect.stringMatching(/=$/) },
      },
    ]);
  });

  it('that throws counts as a receiver that failed', async () => {
    const made = bench({
      respond: () => {
        throw new Error('no idea');
      },
    });
    const entry = await made.deliver(assignmentDelivery(urls));
    expect(entry).toMatchObject({ outcome: 'failed', attempts: [{ error: { message: 'no idea' } }] });
  });

  it('can return any response of a receiver', async () => {
    const made = bench({
      respond: ({ role }) =>
        role === 'primary'
          ? { headers: { 'Content-Type': 'text/plain' }, body: 'accept' }
          : { body: { instruction: 'accept' } },
    });
    const entry = await made.deliver(assignmentDelivery(['http://host.test/a', 'http://host.test/b']));
    expect(entry.attempts.map(({ alert }) => alert?.code)).toEqual([40000, undefined]);
  });
});

describe('under a virtual clock', () => {
  const wallTimes = { assignment: 50, event: 50 };

  /** Real time for the first attempt alone: on a busy machine, a response to the next one may take longer than that. */
  function limitingFirst(limitMs: number): AttemptTimer {
    let isFirst = true;
    return {
      now: realTime.now,
      after(milliseconds, expire) {
        if (milliseconds !== limitMs) return realTime.after(milliseconds, expire);
        const isLimited = isFirst;
        isFirst = false;
        return isLimited ? realTime.after(milliseconds, expire) : () => undefined;
      },
    };
  }

  it('no time passes between a request and its response', async () => {
    const clock = new VirtualClock(1_000_000);
    const made = bench({ clock, respond: () => undefined });
    const entry = await made.deliver(assignmentDelivery(urls));
    expect(entry).toMatchObject({ at: 1_000_000, outcome: 'no_instruction' });
    expect(made.taskRouter.settled).toHaveLength(1);
  });

  it('a receiver that hangs cannot block the clock, and is evaluated when its time is over', async () => {
    const clock = new VirtualClock(1_000_000, () => made.deliveries.idle());
    const made = bench({ clock, timeouts: wallTimes, timer: limitingFirst(wallTimes.assignment) });
    const receiver = await made.with(Receiver.open(hang));
    const fallback = await made.with(Receiver.open(json({ instruction: 'accept' })));
    await made.deliveries.start();
    made.taskRouter.commit(assignmentDelivery([receiver.origin, fallback.origin]));
    await clock.advance(49);
    expect(fallback.received).toEqual([]);
    await clock.advance(1);
    expect(fallback.received).toHaveLength(1);
    expect(made.log.list()[0]?.attempts.map(({ startedAt }) => startedAt)).toEqual([1_000_000, 1_000_050]);
    expect(made.taskRouter.settled).toHaveLength(1);
  });

  it('stopping ends the wait for the clock and leaves the callback in the outbox', async () => {
    const clock = new VirtualClock(1_000_000);
    const made = bench({ clock, timeouts: wallTimes });
    const receiver = await made.with(Receiver.open(hang));
    await made.deliveries.start();
    made.taskRouter.commit(assignmentDelivery([receiver.origin]));
    await made.deliveries.idle();
    await made.deliveries.stop();
    await clock.advance(1000);
    expect(made.taskRouter.settled).toEqual([]);
    expect(made.taskRouter.rows.size).toBe(1);
  });

  it('a simulation can run attempts in virtual time, too', async () => {
    const clock = new VirtualClock(1_000_000);
    const timer: AttemptTimer = {
      now: () => clock.now(),
      after: (milliseconds, expire) => clock.wakeAt(clock.now() + milliseconds, expire),
    };
    const transport: Transport = {
      perform: () => new Promise(() => undefined),
      close: async () => undefined,
    };
    const made = bench({ clock, timer, transport });
    const row = assignmentDelivery(urls);
    await made.deliveries.start();
    made.taskRouter.commit(row);
    await clock.advance(4999);
    expect(made.log.list()).toEqual([]);
    await clock.advance(1);
    await made.deliveries.idle();
    const [entry] = made.log.list();
    expect(entry).toMatchObject({ outcome: 'timed_out', attempts: [{ durationMs: 5000 }] });
    expect(settledSids(made)).toEqual([row.sid]);
  });
});
