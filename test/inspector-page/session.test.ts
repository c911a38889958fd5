import type { ControlClient } from '../../src/inspector-page/data/control-client';
import { InspectorSession } from '../../src/inspector-page/data/inspector-session';
import type { EventSourceLike } from '../../src/inspector-page/data/live-stream';
import { alert, call, callback, callSid, event, request } from './samples';

class FakeSource implements EventSourceLike {
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  isClosed = false;
  private readonly listeners = new Map<string, (message: { data: string; lastEventId: string }) => void>();

  constructor(readonly address: string) {}
  addEventListener(type: string, listener: (message: { data: string; lastEventId: string }) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.isClosed = true;
  }
  open(resumed = false): void {
    this.readyState = 1;
    this.onopen?.();
    this.tell('begin', { run: 'run', resumed });
  }
  tell(type: string, data: object, lastEventId = ''): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data), lastEventId });
  }
  fail(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.();
  }
}

function bench(status = 0, pageUrl = 'http://127.0.0.1:4040/') {
  const sources: FakeSource[] = [];
  const later: { milliseconds: number; action: () => void }[] = [];
  const frames: (() => void)[] = [];
  const session = new InspectorSession({
    client: {} as ControlClient,
    pageUrl,
    open: (address) => {
      const source = new FakeSource(address);
      sources.push(source);
      return source;
    },
    statusOf: async () => status,
    later: (milliseconds, action) => {
      later.push({ milliseconds, action });
      return () => undefined;
    },
    storage: null,
    nextFrame: (action) => void frames.push(action),
  });
  session.visibilityChanged(true);
  const source = () => sources.at(-1) as FakeSource;
  const ids = () => session.state.entries.map(({ id }) => id);
  return { session, sources, source, later, frames, ids };
}

const state = (tasks: number) => ({
  functions_url: 'http://127.0.0.1:3000',
  counts: { tasks },
  clock: { now_ms: 0 },
  workers_by_availability: { available: 0, unavailable: 2 },
});

it('links to the Functions under the address that the browser uses for this computer', () => {
  const { session, source } = bench(0, 'http://192.168.1.5:4040/');
  source().tell('state', state(1));
  expect(session.state.service?.functions_url).toBe('http://192.168.1.5:3000');
});

it('keeps what the stream tells, and is redrawn once for a burst', () => {
  const { session, source, frames, ids } = bench();
  const listener = jest.fn();
  session.subscribe(listener);
  source().open();
  source().tell('request', request({ id: 1 }));
  source().tell('callback', callback({ id: 2 }));
  source().tell('alert', alert({ id: 3 }));
  expect(ids()).toEqual([1, 2, 3]);
  expect(session.state.connection).toEqual({ state: 'live' });
  for (const frame of frames.splice(0)) frame();
  expect(listener).toHaveBeenCalledTimes(1);
});

it('goes on where it was when the tab is shown again', () => {
  const { session, sources, source, ids } = bench();
  source().open();
  source().tell('request', request({ id: 7 }), 'run-7');
  session.visibilityChanged(false);
  expect(source().isClosed).toBe(true);
  session.visibilityChanged(true);
  expect(sources.map(({ address }) => address)).toEqual([
    '/_taskrouter/stream',
    '/_taskrouter/stream?last_event_id=run-7',
  ]);
  source().open(true);
  source().tell('request', request({ id: 8 }), 'run-8');
  expect(ids()).toEqual([7, 8]);
});

it('forgets what it has when the stream begins anew, and after a reset', () => {
  const { source, ids } = bench();
  source().open();
  source().tell('request', request({ id: 7 }));
  source().open();
  expect(ids()).toEqual([]);
  source().tell('request', request({ id: 1 }));
  source().tell('cleared', {});
  expect(ids()).toEqual([]);
});

it('keeps each call as it is now, until the stream begins anew or the state is reset', () => {
  const { session, source } = bench();
  source().open();
  source().tell('call', call({ status: 'ringing' }));
  source().tell('call', call({ call_sid: 'CA2' }));
  source().tell('call', call({ status: 'in-progress' }));
  const known = () => [...session.state.calls.values()].map(({ call_sid, status }) => [call_sid, status]);
  expect(known()).toEqual([
    [callSid, 'in-progress'],
    ['CA2', 'completed'],
  ]);
  source().tell('cleared', {});
  expect(known()).toEqual([]);
  for (let count = 0; count < 105; count += 1) source().tell('call', call({ call_sid: `CA${count}` }));
  expect([known().length, known()[0]?.[0]]).toEqual([100, 'CA5']);
});

it('leaves trying again to the browser while that tries', () => {
  const { session, source, later } = bench();
  source().open();
  source().fail(0);
  expect(session.state.connection).toEqual({ state: 'lost', retryInMs: 1000 });
  expect(later).toEqual([]);
});

it('tries again itself, less and less often, once the browser gives up', async () => {
  const { session, sources, source, later } = bench(503);
  const waits: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    source().fail(2);
    await Promise.resolve().then(() => undefined);
    await Promise.resolve();
    const next = later.pop();
    waits.push(next?.milliseconds ?? 0);
    expect(session.state.connection).toEqual({ state: 'lost', retryInMs: next?.milliseconds });
    next?.action();
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  expect(sources).toHaveLength(7);
});

it('sends no more requests once it is signed out', async () => {
  const { session, source, later } = bench(401);
  source().fail(2);
  await Promise.resolve().then(() => undefined);
  await Promise.resolve();
  expect(session.state.connection).toEqual({ state: 'signed-out' });
  expect(later).toEqual([]);
});

it('holds back what comes while it is paused', () => {
  const { session, source, ids } = bench();
  source().open();
  source().tell('request', request({ id: 1 }));
  session.setPaused(true);
  source().tell('request', request({ id: 2 }));
  expect([ids(), session.state.heldBack]).toMatchObject([[1], [{ id: 2 }]]);
  session.setPaused(false);
  expect([ids(), session.state.heldBack]).toEqual([[1, 2], null]);
});

it('keeps so many entries and no more', () => {
  const { source, ids } = bench();
  source().open();
  for (let id = 1; id <= 4005; id += 1) source().tell('request', request({ id }));
  expect([ids().length, ids()[0]]).toEqual([4000, 6]);
});

it('takes the tour along, and lets it begin again when its task is gone', () => {
  const { session, source } = bench();
  source().open();
  source().tell('event', event('task.created', { id: 4 }));
  expect(Object.keys(session.state.tour.reached)).toEqual(['created']);
  source().tell('state', state(1));
  expect(Object.keys(session.state.tour.reached)).toEqual(['created']);
  source().tell('state', state(0));
  expect(session.state.tour).toMatchObject({ taskSid: null, reached: {} });
});
