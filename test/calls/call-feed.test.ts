import { createServer, type Server, type ServerResponse } from 'node:http';
import { CallFeed } from '../../assets/calls/call-feed';
import { listening } from '../support/listening';
import { aCall } from './samples';

let server: Server;
let origin: string;
let status = 200;
const asked: string[] = [];
let readers: ServerResponse[] = [];
const feeds: CallFeed[] = [];

beforeEach(async () => {
  status = 200;
  asked.length = 0;
  readers = [];
  server = createServer((request, response) => {
    asked.push(String(request.url));
    response.writeHead(status, { 'content-type': 'text/event-stream' });
    if (status !== 200) return void response.end();
    readers.push(response);
    response.flushHeaders();
  });
  origin = `http://127.0.0.1:${await listening(server)}`;
});
afterEach(async () => {
  for (const feed of feeds.splice(0)) feed.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const aFeed = (query = {}) => {
  const feed = new CallFeed(origin, query, 1);
  feeds.push(feed);
  return feed;
};

/** Resolves when the feed is as wanted. */
const until = (feed: CallFeed, isWanted: (state: CallFeed['state']) => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => isWanted(feed.state) && resolve();
    feed.subscribe(look);
    look();
  });
const connected = async (count: number) => {
  while (readers.length < count)
    await new Promise((resolve) => server.once('request', () => setImmediate(resolve)));
  return readers[count - 1] as ServerResponse;
};
const text = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const begin = (run = 'run', date_ms = Date.now()) => text('begin', { run, resumed: false, date_ms });

it('has the calls as they change, by a stream of calls alone', async () => {
  const feed = aFeed({ worker_sid: 'WK1' });
  feed.open();
  feed.open();
  const reader = await connected(1);
  expect(feed.state.connection).toBe('closed');
  const message = begin() + text('call', aCall({ status: 'ringing' }));
  // Messages arrive in pieces.
  reader.write(message.slice(0, 90));
  await until(feed, ({ connection }) => connection === 'open');
  reader.write(`${message.slice(90)}:\n\n`);
  await until(feed, ({ calls }) => calls.size === 1);
  reader.write(text('call', aCall({ status: 'in-progress' })));
  await until(feed, ({ calls }) => [...calls.values()][0]?.status === 'in-progress');
  expect(asked).toEqual(['/_taskrouter/stream?types=call&worker_sid=WK1']);
  reader.write(text('cleared', {}));
  await until(feed, ({ calls }) => calls.size === 0);
});

it('keeps the calls during an interruption, and forgets them when TaskRouter was restarted', async () => {
  const feed = aFeed();
  feed.open();
  (await connected(1)).end(begin() + text('call', aCall()));
  await until(feed, ({ connection, calls }) => connection === 'closed' && calls.size === 1);
  (await connected(2)).end(begin());
  await until(feed, ({ connection }) => connection === 'open');
  expect(feed.state.calls.size).toBe(1);
  (await connected(3)).write(begin('another run'));
  await until(feed, ({ calls }) => calls.size === 0);
});

it('asks again after a failure of the server, and no more where there are no calls', async () => {
  const feed = aFeed();
  status = 503;
  feed.open();
  await new Promise((resolve) => server.once('request', resolve));
  status = 404;
  await until(feed, ({ connection }) => connection === 'absent');
  const { length } = asked;
  feed.open();
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toHaveLength(length);
});

it('ends its connection, and can be opened again', async () => {
  const feed = aFeed();
  feed.open();
  const reader = await connected(1);
  reader.write(begin());
  await until(feed, ({ connection }) => connection === 'open');
  const ended = new Promise((resolve) => reader.once('close', resolve));
  feed.close();
  await ended;
  expect(feed.state.connection).toBe('closed');
  feed.open();
  await connected(2);
});

it("tells the time of TaskRouter's clock", async () => {
  const feed = aFeed();
  feed.open();
  const virtual = Date.parse('2030-01-01T00:00:00Z');
  (await connected(1)).write(begin('run', virtual));
  await until(feed, ({ connection }) => connection === 'open');
  expect(Math.abs(feed.now() - virtual)).toBeLessThan(30_000);
});

it('forgets the oldest calls that are over', async () => {
  const feed = aFeed();
  feed.open();
  const reader = await connected(1);
  const sids = Array.from({ length: 103 }, (_, index) => `CA${index}`);
  const calls = sids.map((call_sid, index) =>
    aCall({ call_sid, status: index === 0 ? 'ringing' : 'completed' }),
  );
  reader.write(begin() + calls.map((call) => text('call', call)).join(''));
  await until(feed, (state) => state.calls.has('CA102'));
  expect([...feed.state.calls.keys()]).toEqual(['CA0', ...sids.slice(3)]);
});
