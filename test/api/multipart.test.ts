import { Journal } from '../../src/taskrouter/inspector/journal';
import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

/** Forms as `curl -F` and twilio-node 3.0 to 3.39 send them (F2). */
let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;

beforeAll(async () => {
  bench = await ApiBench.start({ journal: new Journal([]) });
  simple = await simpleWorkspace(bench);
});
afterAll(() => bench.close());

const boundary = '------------------------d74496d66958873e';
const multipart = { 'content-type': `multipart/form-data; boundary=${boundary}` };

function part(name: string, value: string, more = ''): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
}
const bodyOf = (...parts: string[]) => `${parts.join('')}--${boundary}--\r\n`;

it('reads a multipart form like a url-encoded one', async () => {
  const attributes = '{"text":"a+b & c=d % ñ 😀"}';
  const payload = bodyOf(
    part('FriendlyName', 'Old'),
    part('FriendlyName', 'Alice'),
    part('Attributes', attributes, '\r\nContent-Type: application/json'),
    part('ActivitySid', ''),
  );
  const { status, body } = await bench.send('POST', `${simple.path}/Workers`, payload, multipart);
  expect([status, body.friendly_name, body.attributes]).toEqual([201, 'Alice', attributes]);
});

it.each(['Workspaces/:w', 'Workspaces/:w/Tasks', 'Workspaces/:w/Activities'])(
  'reads one on POST %s',
  async (path) => {
    const payload = bodyOf(part('FriendlyName', `Multipart ${path}`));
    const url = `/v1/${path.replace(':w', simple.workspaceSid)}`;
    expect((await bench.send('POST', url, payload, multipart)).status).toBeLessThan(300);
  },
);

it('shows the form in the request log, with passwords masked', async () => {
  const payload = bodyOf(
    part('FriendlyName', 'Shown'),
    part('SipAuthPassword', 'operator-0815'),
    part('EventCallbackUrl', 'http://user:operator-0815@host.test/'),
  );
  await bench.send('POST', '/v1/Workspaces', payload, multipart);
  const { body, text } = await bench.get('/_taskrouter/requests?limit=1');
  expect(body.requests[0]).toMatchObject({
    body: null,
    parameters: [
      ['FriendlyName', 'Shown'],
      ['SipAuthPassword', '***'],
      ['EventCallbackUrl', 'http://***@host.test/'],
    ],
  });
  expect(text).not.toContain('operator-0815');
});

it('refuses a file and names its field', async () => {
  const file = part('Attributes', '{}', '; filename="attributes.json"\r\nContent-Type: application/json');
  const payload = bodyOf(part('FriendlyName', 'Bob'), file);
  const { status, body } = await bench.send('POST', `${simple.path}/Workers`, payload, multipart);
  expect([status, body.code, body.message]).toEqual([
    400,
    20001,
    "Attributes is a file ('attributes.json'): send its value as text",
  ]);
});

const complete = bodyOf(part('FriendlyName', 'Bob'));
it.each([
  ['without a boundary', complete, 'multipart/form-data', 'Boundary not found'],
  ['that ends early', complete.slice(0, -20), multipart['content-type'], 'Unexpected end of multipart data'],
  ['without any part', 'FriendlyName=Bob', multipart['content-type'], 'Unexpected end of multipart data'],
])('refuses a body %s', async (_case, payload, type, problem) => {
  const { status, body } = await bench.send('POST', `${simple.path}/Workers`, payload, {
    'content-type': type,
  });
  expect([status, body.code, body.message]).toEqual([
    400,
    20001,
    `Malformed multipart/form-data: ${problem}`,
  ]);
});

it('refuses more fields than any operation has', async () => {
  const payload = bodyOf(...Array.from({ length: 1001 }, (_, index) => part(`Field${index}`, '1')));
  const { status, body } = await bench.send('POST', `${simple.path}/Workers`, payload, multipart);
  expect([status, body.message]).toEqual([400, 'The form has more than 1000 fields']);
});

it('looks up the path before it reads the form', async () => {
  const path = `/v1/Workspaces/WS${'f'.repeat(32)}/Workers`;
  expect((await bench.send('POST', path, 'nothing', multipart)).status).toBe(404);
});

it('reads a workflow configuration of the largest size', async () => {
  const filter = {
    filter_friendly_name: 'x'.repeat(1_000_000),
    expression: '1 == 1',
    targets: [{ queue: simple.taskQueueSid }],
  };
  const configuration = JSON.stringify({ task_routing: { filters: [filter] } });
  const payload = bodyOf(part('FriendlyName', 'Large'), part('Configuration', configuration));
  const { status, body } = await bench.send('POST', `${simple.path}/Workflows`, payload, multipart);
  expect([status, body.configuration]).toEqual([201, configuration]);
});
