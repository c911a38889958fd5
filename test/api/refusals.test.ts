import { MemoryStore } from '../../src/taskrouter/store/memory';
import { StoreFailed } from '../../src/taskrouter/store/store';
import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import { simpleWorkspace } from '../support/simple-workspace';
import { testAccount } from '../support/start-test-taskrouter';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
let taskSid: string;
let workerSid: string;

beforeEach(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
  taskSid = await bench.create(`${simple.path}/Tasks`, {});
  workerSid = await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Alice' });
});
afterEach(() => bench.close());

const error = (status: number, code: number, message: string) => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

describe('a resource that does not exist', () => {
  const nobody = countedSid('WK', 99);
  const nowhere = countedSid('WS', 99);

  it.each([
    ['an unknown worker', () => `/Workspaces/${simple.workspaceSid}/Workers/${nobody}`],
    ['an unknown workspace', () => `/Workspaces/${nowhere}/Tasks`],
    ['a sid that is none', () => `/Workspaces/${simple.workspaceSid}/Tasks/hello`],
    ['a sid of another kind', () => `/Workspaces/${simple.workspaceSid}/Tasks/${workerSid}`],
    ['an unknown event', () => `/Workspaces/${simple.workspaceSid}/Events/${countedSid('EV', 999)}`],
    [
      'the reservations of an unknown worker',
      () => `/Workspaces/${simple.workspaceSid}/Workers/${nobody}/Reservations`,
    ],
    ['a path that is none', () => '/Nothing/Here'],
  ])('%s is 404 with 20404, and the path without its version', async (_case, path) => {
    const { status, body } = await bench.get(`/v1${path()}?PageSize=5`);
    expect({ status, body }).toEqual(error(404, 20404, `The requested resource ${path()} was not found`));
  });

  it('may belong to another workspace', async () => {
    const other = await bench.create('/v1/Workspaces', { FriendlyName: 'Other' });
    const { status } = await bench.get(`/v1/Workspaces/${other}/Tasks/${taskSid}`);
    expect(status).toBe(404);
  });

  it('may be a reservation under the wrong task or worker', async () => {
    await bench.post(`${simple.path}/Workers/${workerSid}`, {
      ActivitySid: simple.activities.Available as string,
    });
    const other = await bench.create(`${simple.path}/Tasks`, {});
    const bob = await bench.create(`${simple.path}/Workers`, { FriendlyName: 'Bob' });
    const reservation = countedSid('WR', 1);
    const statusOf = async (owner: string) =>
      (await bench.get(`${simple.path}/${owner}/Reservations/${reservation}`)).status;
    expect(await statusOf(`Tasks/${taskSid}`)).toBe(200);
    expect(await statusOf(`Workers/${workerSid}`)).toBe(200);
    expect(await statusOf(`Tasks/${other}`)).toBe(404);
    expect(await statusOf(`Workers/${bob}`)).toBe(404);
  });

  it('may be a path with an invalid escape', async () => {
    expect((await bench.get('/v1/Workspaces/%zz')).body.code).toBe(20404);
  });
});

describe('the order of checks', () => {
  it('checks the path before the method', async () => {
    expect((await bench.send('PUT', `/v1/Workspaces/${countedSid('WS', 99)}`)).status).toBe(404);
  });

  it('checks the path before the form', async () => {
    const path = `/v1/Workspaces/${countedSid('WS', 99)}/Tasks`;
    expect((await bench.send('POST', path, 'a=%zz', formHeader)).status).toBe(404);
  });

  it('checks If-Match before the form', async () => {
    const { body } = await bench.post(
      `${simple.path}/Tasks/${taskSid}`,
      { Priority: 'high' },
      { 'if-match': '"7"' },
    );
    expect(body).toEqual(error(412, 20412, 'Precondition failed').body);
  });

  it('checks the form before the state', async () => {
    const { body } = await bench.post(`${simple.path}/Tasks/${taskSid}`, {
      AssignmentStatus: 'completed',
      Priority: 'high',
    });
    expect(body.message).toBe("Value 'high' provided for Priority is not a whole number");
  });
});

const formHeader = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a method that the path does not have', () => {
  it.each([
    ['PUT', '/v1/Workspaces', 'GET, POST, HEAD'],
    ['DELETE', '/v1/Workspaces', 'GET, POST, HEAD'],
    ['PATCH', `/v1/Workspaces/${countedSid('WS', 1)}`, 'GET, POST, DELETE, HEAD'],
    ['OPTIONS', `/v1/Workspaces/${countedSid('WS', 1)}/Tasks`, 'GET, POST, HEAD'],
    ['POST', `/v1/Workspaces/${countedSid('WS', 1)}/Workers/Statistics`, 'GET, HEAD'],
    ['GET', `/v1/Workspaces/${countedSid('WS', 1)}/TaskQueues/RealTimeStatistics`, 'POST'],
  ] as const)('%s %s is 405 with 20004 and the allowed methods', async (method, path, allow) => {
    const response = await bench.send(method, path);
    expect(response.headers.allow).toBe(allow);
    expect({ status: response.status, body: response.body }).toEqual(error(405, 20004, 'Method not allowed'));
  });
});

describe('the body', () => {
  const path = () => `${simple.path}/Tasks`;

  it.each(['Attributes=%zz', 'Attributes=%ff%fe', '%=1'])(
    'is refused when its escapes are invalid: %s',
    async (form) => {
      const { status, body } = await bench.send('POST', path(), form, formHeader);
      expect([status, body.code]).toEqual([400, 20001]);
      expect(body.message).toMatch(/^Malformed form: /);
    },
  );

  it.each(['application/json', 'text/plain', 'multipart/mixed; boundary=x'])(
    'is refused when it is %s',
    async (type) => {
      const { status, body } = await bench.send('POST', path(), '{"Priority":1}', { 'content-type': type });
      expect({ status, body }).toEqual(
        error(400, 20001, `Content-Type '${type}' is not understood: send application/x-www-form-urlencoded`),
      );
    },
  );

  it('may be absent altogether', async () => {
    expect((await bench.send('POST', path())).status).toBe(201);
  });

  it('may declare its charset', async () => {
    const type = 'application/x-www-form-urlencoded; charset=utf-8';
    const { body } = await bench.send('POST', path(), 'Attributes=%7B%22n%22%3A%22%C3%B1+%2B%22%7D', {
      'content-type': type,
    });
    expect(body.attributes).toBe('{"n":"ñ +"}');
  });

  it('may be as large as a workflow configuration with every byte escaped, and no larger', async () => {
    const filler = (length: number) => `Configuration=${'x'.repeat(length)}&FriendlyName=Big`;
    const large = await bench.send('POST', `${simple.path}/Workflows`, filler(1_500_000), formHeader);
    expect(large.body.code).toBe(20001);
    expect(large.status).toBe(400);
    const tooLarge = await bench.send('POST', `${simple.path}/Workflows`, filler(3_300_000), formHeader);
    expect([tooLarge.status, tooLarge.body.code]).toEqual([413, 20413]);
    expect(tooLarge.body.message).toContain('Too Large');
    expect(tooLarge.body.more_info).toBe('https://www.twilio.com/docs/errors/20413');
  });
});

describe('an internal error', () => {
  it('is logged and returns 500 with 20500, without details', async () => {
    const error = jest.fn();
    const broken = await ApiBench.start({ log: { warn: jest.fn(), error } });
    jest.spyOn(broken.taskRouter, 'read').mockRejectedValue(new Error(`secret ${testAccount.authToken}`));
    const { status, body } = await broken.get('/v1/Workspaces');
    await broken.close();
    expect([status, body.code, body.message]).toEqual([500, 20500, 'Internal server error']);
    expect(error).toHaveBeenCalledWith({ err: expect.any(Error) }, expect.any(String));
  });

  it('returns 503 with 20503, for reads as well, once the store has failed', async () => {
    const error = jest.fn();
    const store = new MemoryStore();
    const broken = await ApiBench.start({ store, log: { warn: jest.fn(), error } });
    jest.spyOn(store, 'commitBatch').mockImplementation(() => {
      throw new StoreFailed('no space left on /secret/place');
    });
    const write = await broken.post('/v1/Workspaces', { FriendlyName: 'Lost' });
    const read = await broken.get('/v1/Workspaces');
    await broken.close();
    for (const { status, body } of [write, read]) {
      expect([status, body.code, body.message]).toEqual([
        503,
        20503,
        'Service unavailable: the store failed',
      ]);
    }
    expect(error).toHaveBeenCalled();
  });
});
