import { compactJson, escapeSlashes, withMembers } from '../../src/taskrouter/model/json-text';
import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

/** JSON texts are written anew: without white space, with the order of the keys kept (F3). */
let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;

beforeAll(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
});
afterAll(() => bench.close());

const sent =
  ' {\n\t"zip": [ 1.0 , 12345678901234567890 ],\r\n "9": "a, \\" b : {c} \\\\", "1" : -0, "u": "a/b\\/c" }\n';
const kept = '{"zip":[1.0,12345678901234567890],"9":"a, \\" b : {c} \\\\","1":-0,"u":"a/b\\/c"}';
const inEvents = kept.replace('a/b', 'a\\/b');

describe('attributes', () => {
  it('lose their white space and keep the order of keys and the text of numbers, in REST and events', async () => {
    const worker = await bench.post(`${simple.path}/Workers`, { FriendlyName: 'Alice', Attributes: sent });
    const task = await bench.post(`${simple.path}/Tasks`, { Attributes: sent });
    expect([worker.body.attributes, task.body.attributes]).toEqual([kept, kept]);
    const { body } = await bench.get(`${simple.path}/Events?TaskSid=${task.body.sid}`);
    for (const { event_data } of body.events) expect(event_data.task_attributes).toBe(inEvents);
  });

  it('are measured without their white space', async () => {
    const text = `{"a":"${'x'.repeat(4096 - '{"a":""}'.length)}"}`;
    const { status } = await bench.post(`${simple.path}/Tasks`, { Attributes: text.replace(':', ' :\n  ') });
    expect(status).toBe(201);
  });

  it('do not change when only white space does', async () => {
    const created = await bench.post(`${simple.path}/Workers`, {
      FriendlyName: 'Bob',
      Attributes: '{"a":1}',
    });
    const path = `${simple.path}/Workers/${created.body.sid}`;
    const updated = await bench.post(path, { Attributes: '{ "a": 1 }' });
    expect(updated.headers.etag).toBe(created.headers.etag);
  });

  it('are still refused when only their white space separates two values', async () => {
    expect((await bench.post(`${simple.path}/Tasks`, { Attributes: '{"a":1 2}' })).status).toBe(400);
  });
});

it('the configuration of a workflow loses its white space too', async () => {
  const queue = simple.taskQueueSid;
  const form = {
    FriendlyName: 'Spaced',
    Configuration: JSON.stringify({ task_routing: { default_filter: { queue } } }, null, 2),
  };
  const { status, body } = await bench.post(`${simple.path}/Workflows`, form);
  expect([status, body.configuration]).toEqual([
    201,
    `{"task_routing":{"default_filter":{"queue":"${queue}"}}}`,
  ]);
});

it('a workflow has links.workspace and no document content type (F14)', async () => {
  const { body } = await bench.get(`${simple.path}/Workflows/${simple.workflowSid}`);
  expect(body.document_content_type).toBeNull();
  expect(body.links.workspace).toMatch(new RegExp(`${simple.path}$`));
});

describe('the text of JSON', () => {
  it.each([
    ['{}', '{}'],
    [' [ ] ', '[]'],
    ['{ "a b" : "c  d" }', '{"a b":"c  d"}'],
    ['"\\\\" ', '"\\\\"'],
    ['{"a":{"b":[1, {"c" : null}]}}', '{"a":{"b":[1,{"c":null}]}}'],
  ])('%s is compact as %s', (text, expected) => {
    expect(compactJson(text)).toBe(expected);
  });

  it('has every slash escaped once in callbacks', () => {
    expect(escapeSlashes('{"a":"/\\/\\\\/"}')).toBe('{"a":"\\/\\/\\\\\\/"}');
  });

  it.each([
    ['{}', '{"call":{"sid":"CA1"},"n":1}'],
    ['{"id":12345678901234567890}', '{"id":12345678901234567890,"call":{"sid":"CA1"},"n":1}'],
    ['{"n":{"a":[1,2]},"b":"x,y"}', '{"n":1,"b":"x,y","call":{"sid":"CA1"}}'],
    ['{"c\\u0061ll":[],"z":1.0}', '{"c\\u0061ll":{"sid":"CA1"},"z":1.0,"n":1}'],
  ])('%s keeps its other members when some are added', (text, expected) => {
    expect(withMembers(text, { call: { sid: 'CA1' }, n: 1 })).toBe(expected);
  });
});
