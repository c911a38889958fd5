import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awaitBuild } from '../../src/deploy/await-build';
import { dispatcherFor, FunctionsClient } from '../../src/deploy/functions/functions-client';
import type { DeployTime } from '../../src/deploy/poll-until';
import { operator } from '../support/operator';

type Response = readonly [status: number, body: object];

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

/** `/lifecycle` responds with these in turn, and repeats the last one. */
async function responding(...responses: Response[]): Promise<void> {
  waited = 0;
  server = createServer((_, response) => {
    const [status, body] = (responses.length > 1 ? responses.shift() : responses[0]) as Response;
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

it('waits until the new build responds, whatever responds before', async () => {
  await responding([503, {}], [404, {}], [200, { build: 'old' }], [200, { build: 'new' }]);
  await awaitBuild(functions, 'new', time);
  expect(waited).toBe(3000);
});

it.each<[string, Response, RegExp]>([
  ['the build before', [200, { build: 'old' }], /still runs build old instead of new/],
  ['no Functions of this project', [404, {}], /There are no Functions at http:.*npm run deploy/],
  ['a rejected operator', [401, {}], /rejected the operator/],
  [
    'an error in its variables',
    [500, { code: 'configuration', message: 'WORKSPACE_SID must be the sid' }],
    /returned 500: WORKSPACE_SID must be the sid \(configuration\)/,
  ],
])('gives up after a minute of %s, and says so', async (_, response, sentence) => {
  await responding(response);
  await expect(awaitBuild(functions, 'new', time)).rejects.toThrow(sentence);
  expect(waited).toBe(60_000);
});

it('goes through the proxy that the environment names, but not to this computer', async () => {
  await responding([200, { build: 'new' }]);
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
