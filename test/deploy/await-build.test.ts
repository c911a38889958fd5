import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awaitBuild } from '../../src/deploy/await-build';
import { dispatcherFor, FunctionsClient } from '../../src/deploy/functions/functions-client';
import type { DeployTime } from '../../src/deploy/poll-until';
import { operator } from '../support/operator';

type Answer = readonly [status: number, body: object];

let server: Server;
let functions: FunctionsClient;
let waited: number;

/** A minute passes in no time. */
const time: DeployTime = {
  now: () => waited,
  wait: async (milliseconds) => {
    waited += milliseconds;
  },
};

/** `/lifecycle` answers these in turn, the last one for ever. */
async function answering(...answers: Answer[]): Promise<void> {
  waited = 0;
  server = createServer((_, response) => {
    const [status, body] = (answers.length > 1 ? answers.shift() : answers[0]) as Answer;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  functions = new FunctionsClient(`http://127.0.0.1:${port}`, operator, dispatcherFor({}));
}

afterEach(async () => {
  await functions.close();
  server.close();
});

it('waits until the new build answers, through whatever answers before', async () => {
  await answering([503, {}], [404, {}], [200, { build: 'old' }], [200, { build: 'new' }]);
  await awaitBuild(functions, 'new', time);
  expect(waited).toBe(3000);
});

it.each<[string, Answer, RegExp]>([
  ['the build before', [200, { build: 'old' }], /still runs build old instead of new/],
  ['nothing that is ours', [404, {}], /There are no Functions at http:.*npm run deploy/],
  ['a refusal of the operator', [401, {}], /rejected the operator/],
  [
    'a mistake in its variables',
    [500, { code: 'configuration', message: 'WORKSPACE_SID must be the sid' }],
    /returned 500: WORKSPACE_SID must be the sid \(configuration\)/,
  ],
])('gives up after a minute of %s, and says so', async (_, answer, sentence) => {
  await answering(answer);
  await expect(awaitBuild(functions, 'new', time)).rejects.toThrow(sentence);
  expect(waited).toBe(60_000);
});

it('goes through the proxy that the environment names, but not to this computer', async () => {
  await answering([200, { build: 'new' }]);
  const nowhere = 'http://127.0.0.1:9';
  const client = new FunctionsClient(functions.url, null, dispatcherFor({ HTTP_PROXY: nowhere }));
  expect(await client.call('/lifecycle')).toMatchObject({ status: 200 });
  const elsewhere = new FunctionsClient(
    'http://functions.example',
    null,
    dispatcherFor({ HTTP_PROXY: nowhere }),
  );
  await expect(elsewhere.call('/lifecycle')).rejects.toThrow(/does not respond \(ECONNREFUSED\)/);
  await Promise.all([client.close(), elsewhere.close()]);
});
