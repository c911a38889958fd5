import { operations } from '../../src/taskrouter/api/operations';
import { OpenApi, readOpenApi, type Schema } from '../support/openapi';

const openApi = readOpenApi();
const withDocument = openApi ? it : it.skip;
const shape = (path: string) => path.replace(/\{\w+\}|:\w+/g, '*');

withDocument(
  "has a route for each operation of Twilio's OpenAPI, and no other (needs TWILIO_OPENAPI)",
  () => {
    const described = openApi?.operations.map(({ name, method, path }) => `${name} ${method} ${shape(path)}`);
    const ours = operations.map(({ name, method, path }) => `${name} ${method} ${shape(path)}`);
    expect(ours.sort()).toEqual(described?.sort());
    expect(ours).toHaveLength(61);
  },
);

describe('the check against the description', () => {
  const task: Schema = {
    type: 'object',
    properties: {
      sid: { type: 'string', pattern: '^WT[0-9a-f]{32}$', minLength: 34, maxLength: 34, nullable: true },
      priority: { type: 'integer' },
      status: { $ref: '#/components/schemas/status' },
      date: { type: 'string', format: 'date-time' },
    },
  };
  const status: Schema = { type: 'string', enum: ['pending', 'assigned'] };
  const fetchTask = {
    operationId: 'FetchTask',
    responses: {
      200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/task' } } } },
    },
  };
  const checker = new OpenApi({
    paths: { '/Tasks/{Sid}': { get: fetchTask } },
    components: { schemas: { task, status } },
  });
  const good = { sid: `WT${'0'.repeat(32)}`, priority: 0, status: 'pending', date: '2026-01-31T12:00:00Z' };
  const problems = (body: unknown, code = 200) =>
    checker.problems('FetchTask', code, body, { 'content-type': 'application/json; charset=utf-8' });

  it('finds nothing wrong with a valid response', () => {
    expect(problems(good)).toEqual([]);
    expect(problems({ ...good, sid: null })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a missing property', { priority: undefined }, 'FetchTask.priority: is missing'],
    ['a property of ours', { mood: 'fine' }, 'FetchTask.mood: is not described'],
    ['null where it may not be', { priority: null }, 'FetchTask.priority: is null'],
    ['another type', { priority: '0' }, 'FetchTask.priority: "0" is no integer'],
    ['another word', { status: 'waiting' }, 'FetchTask.status: waiting is not one of pending, assigned'],
    [
      'another sid',
      { sid: `WK${'0'.repeat(32)}` },
      `FetchTask.sid: WK${'0'.repeat(32)} is not ^WT[0-9a-f]{32}$`,
    ],
    [
      'a date with fractions',
      { date: '2026-01-31T12:00:00.000Z' },
      'FetchTask.date: 2026-01-31T12:00:00.000Z is no date-time',
    ],
  ])('finds %s', (_case, change, problem) => {
    expect(problems({ ...good, ...change })).toEqual([problem]);
  });

  it('finds a missing ETag', () => {
    const headers = { ETag: {} };
    const described = { ...fetchTask, responses: { 200: { ...fetchTask.responses[200], headers } } };
    const strict = new OpenApi({
      paths: { '/Tasks/{Sid}': { get: described } },
      components: { schemas: { task, status } },
    });
    const type = { 'content-type': 'application/json' };
    expect(strict.problems('FetchTask', 200, good, type)).toEqual(['FetchTask: has no ETag']);
    expect(strict.problems('FetchTask', 200, good, { ...type, etag: '"0"' })).toEqual([]);
  });

  it('finds a status that is not described', () => {
    expect(problems(good, 201)).toEqual(['FetchTask: 201 is not among the described responses']);
  });
});
