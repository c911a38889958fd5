import { ConcurrencyLimiter } from '../../src/taskrouter/webhooks/concurrency-limiter';
import { DeliveryStopped } from '../../src/taskrouter/webhooks/transport';

const started: string[] = [];
beforeEach(() => {
  started.length = 0;
});

/** Runs a job until it is ended, slow or not. */
function run(limiter: ConcurrencyLimiter, queue: string, name: string, subject?: string) {
  let end: (isSlow: boolean) => void = () => undefined;
  const job = async () => {
    started.push(name);
    return new Promise<boolean>((resolve) => {
      end = resolve;
    });
  };
  const { result, leave } = limiter.run(queue, job, (isSlow) => isSlow, subject);
  const ended = (isSlow = false) => {
    end(isSlow);
    return result;
  };
  return { result, leave, ended };
}

const limits = { total: 100, perQueue: 2, first: 2, min: 1 };
const names = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

describe('the jobs of a queue', () => {
  it('keep to the limit when some end and others begin', async () => {
    const limiter = new ConcurrencyLimiter(limits);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => run(limiter, 'queue', name));
    expect(started).toEqual(['a', 'b']);
    await a?.ended();
    const late = run(limiter, 'queue', 'late');
    expect(started).toEqual(['a', 'b', 'c']);
    await Promise.all([b?.ended(), c?.ended()]);
    expect(started).toEqual(['a', 'b', 'c', 'late']);
    await late.ended();
    expect(limiter.size).toBe(0);
  });

  it('go on when one fails', async () => {
    const limiter = new ConcurrencyLimiter({ ...limits, perQueue: 1 });
    const failing = limiter.run('queue', () => Promise.reject(new Error('broken')));
    const next = limiter.run('queue', async () => 'done');
    await expect(failing.result).rejects.toThrow('broken');
    expect(await next.result).toBe('done');
  });

  it('can leave it before they start, and then take no memory', async () => {
    const limiter = new ConcurrencyLimiter({ ...limits, perQueue: 1 });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => run(limiter, 'queue', name));
    b?.leave();
    expect(await b?.result).toBeNull();
    a?.leave();
    await a?.ended();
    expect(started).toEqual(['a', 'c']);
    await c?.ended();
    expect(limiter.size).toBe(0);
  });

  it('wait in a queue that is forgotten when the last one leaves', () => {
    const limiter = new ConcurrencyLimiter({ ...limits, total: 0 });
    const jobs = names(1000).map((name) => run(limiter, `queue ${name}`, name));
    expect(limiter.size).toBe(1000);
    for (const { leave } of jobs) leave();
    expect(limiter.size).toBe(0);
  });

  it('are rejected once the limiter is stopped, unless they run', async () => {
    const limiter = new ConcurrencyLimiter({ ...limits, perQueue: 1 });
    const running = run(limiter, 'queue', 'running');
    const waiting = run(limiter, 'queue', 'waiting');
    limiter.stop();
    await expect(waiting.result).rejects.toThrow(DeliveryStopped);
    await expect(run(limiter, 'queue', 'new').result).rejects.toThrow(DeliveryStopped);
    await running.ended();
    expect(started).toEqual(['running']);
  });
});

describe('the jobs of a queue about the same subject', () => {
  const many = { ...limits, perQueue: 9, first: 9 };

  it('run one after another, while those about other subjects run', async () => {
    const limiter = new ConcurrencyLimiter(many);
    const jobs = ['a1', 'a2', 'b1', 'a3', 'b2'].map((name) => run(limiter, 'queue', name, name.charAt(0)));
    expect(started).toEqual(['a1', 'b1']);
    await jobs[0]?.ended();
    expect(started).toEqual(['a1', 'b1', 'a2']);
    await jobs[1]?.ended();
    await jobs[2]?.ended();
    expect(started).toEqual(['a1', 'b1', 'a2', 'a3', 'b2']);
    await Promise.all([jobs[3]?.ended(), jobs[4]?.ended()]);
    expect(limiter.size).toBe(0);
  });

  it('keep their places among the others', async () => {
    const limiter = new ConcurrencyLimiter({ ...limits, perQueue: 1 });
    const jobs = ['a1', 'a2', 'b1', 'a3'].map((name) => run(limiter, 'queue', name, name.charAt(0)));
    for (const job of jobs) await job.ended();
    expect(started).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('do not wait for one that left or failed', async () => {
    const limiter = new ConcurrencyLimiter({ ...limits, perQueue: 1 });
    const broken = limiter.run('queue', () => Promise.reject(new Error('broken')), undefined, 'a');
    const [first, second, third, other] = ['a1', 'a2', 'a3', 'b1'].map((name) =>
      run(limiter, 'queue', name, name.charAt(0)),
    );
    second?.leave();
    first?.leave();
    await expect(broken.result).rejects.toThrow('broken');
    await third?.ended();
    await other?.ended();
    expect(started).toEqual(['a3', 'b1']);
    expect(limiter.size).toBe(0);
  });

  it('are rejected once the limiter is stopped', async () => {
    const limiter = new ConcurrencyLimiter(many);
    const [running, waiting] = ['a1', 'a2'].map((name) => run(limiter, 'queue', name, 'a'));
    limiter.stop();
    await expect(waiting?.result).rejects.toThrow(DeliveryStopped);
    await running?.ended();
    expect(started).toEqual(['a1']);
    expect(limiter.size).toBe(0);
  });
});

describe('the limit of a queue', () => {
  it('is halved by each timeout, down to its minimum, and raised by any other end', async () => {
    const limiter = new ConcurrencyLimiter({ ...limits, total: 100, perQueue: 10, first: 8 });
    const jobs = names(40).map((name) => run(limiter, 'queue', name));
    const counts: number[] = [];
    let ended = 0;
    // How many run after each end, once those above a lower limit are over.
    for (const isSlow of [...Array(12).fill(true), ...Array(12).fill(false)] as boolean[]) {
      await jobs[ended++]?.ended(isSlow);
      counts.push(started.length - ended);
    }
    expect(counts.slice(0, 12)).toEqual([7, 6, 5, 4, 3, 2, 1, 1, 1, 1, 1, 1]);
    expect(counts.slice(12)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10]);
  });

  it('begins low, so that many slow queues leave places for another one', () => {
    const limiter = new ConcurrencyLimiter({ ...limits, total: 6, perQueue: 6, first: 1 });
    for (const queue of ['a', 'b', 'c', 'd', 'e'])
      for (const name of names(9)) run(limiter, queue, queue + name);
    run(limiter, 'quick', 'quick');
    expect(started).toEqual(['a1', 'b1', 'c1', 'd1', 'e1', 'quick']);
  });
});

describe('the limit in total', () => {
  it('lets queues take turns', async () => {
    const limiter = new ConcurrencyLimiter({ ...limits, total: 1, perQueue: 9, first: 9 });
    const jobs = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map((name) => run(limiter, name.charAt(0), name));
    for (const index of [0, 1, 3, 5, 2, 4]) await jobs[index]?.ended();
    expect(started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  });
});
