import { ConcurrencyLimiter } from '../../src/taskrouter/webhooks/concurrency-limiter';
import { DeliveryStopped } from '../../src/taskrouter/webhooks/transport';

/** A job that runs until it is ended. */
function job(started: string[], name: string) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    started.push(name);
    await ended;
    return name;
  };
  return { run, end };
}

describe('the concurrency limiter', () => {
  it('keeps its limit when jobs finish and others start', async () => {
    const lanes = new ConcurrencyLimiter(2);
    const started: string[] = [];
    const [a, b, c, late] = ['a', 'b', 'c', 'late'].map((name) => job(started, name));
    const runs = [a, b, c].map((made) => made && lanes.run('lane', made.run));
    expect(started).toEqual(['a', 'b']);
    a?.end();
    expect(await runs[0]).toBe('a');
    const last = late && lanes.run('lane', late.run);
    expect(started).toEqual(['a', 'b', 'c']);
    for (const made of [b, c, late]) made?.end();
    expect(await Promise.all([...runs, last])).toEqual(['a', 'b', 'c', 'late']);
  });

  it('frees the place of a job that fails', async () => {
    const lanes = new ConcurrencyLimiter(1);
    const failing = lanes.run('lane', () => Promise.reject(new Error('broken')));
    const next = lanes.run('lane', async () => 'done');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });

  it('rejects waiting and new jobs once it is stopped', async () => {
    const lanes = new ConcurrencyLimiter(1);
    const started: string[] = [];
    const running = job(started, 'running');
    const done = lanes.run('lane', running.run);
    const waiting = lanes.run('lane', job(started, 'waiting').run);
    lanes.stop();
    await expect(waiting).rejects.toThrow(DeliveryStopped);
    await expect(lanes.run('lane', job(started, 'new').run)).rejects.toThrow(DeliveryStopped);
    running.end();
    expect(await done).toBe('running');
    expect(started).toEqual(['running']);
  });
});
