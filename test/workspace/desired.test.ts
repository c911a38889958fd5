import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readWorkspaceFile, WorkspaceFileError, workspaceFaults } from '../../src/workspace/file/desired';
import { tutorial, tutorialFile } from './tutorial';

const folder = mkdtempSync(path.join(tmpdir(), 'workspace-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(text: string | Buffer): readonly string[] {
  const file = path.join(folder, 'mine.json');
  writeFileSync(file, text);
  return refusal(() => readWorkspaceFile(file)).faults;
}

function refusal(read: () => unknown): WorkspaceFileError {
  try {
    read();
  } catch (error) {
    if (error instanceof WorkspaceFileError) return error;
    throw error;
  }
  throw new Error('The file was taken.');
}

/** The tutorial's file with one value changed; undefined removes the field. */
function changed(place: string, value: unknown): unknown {
  const desired = JSON.parse(JSON.stringify(tutorial()));
  const steps = place.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce((item, step) => item[step], desired);
  parent[last] = value;
  return JSON.parse(JSON.stringify(desired));
}

it('reads the workspace of the tutorial', () => {
  const desired = readWorkspaceFile(tutorialFile);
  expect(desired.multiTaskEnabled).toBe(false);
  expect(desired.activities.map(({ friendlyName, available }) => [friendlyName, available])).toEqual([
    ['Offline', false],
    ['Idle', true],
    ['Busy', false],
    ['Reserved', false],
  ]);
  expect(desired.workers).toEqual([
    { friendlyName: 'Alice', activity: 'Offline', attributes: { languages: ['en', 'es'] } },
    { friendlyName: 'Bob', activity: 'Offline', attributes: { languages: ['en'] } },
  ]);
  expect(desired.workflows[0]?.taskReservationTimeout).toBe(1200);
  expect(desired.workflows[0]?.configuration.task_routing).not.toHaveProperty('default_filter');
});

it('keeps unknown fields of a workflow configuration', () => {
  const file = path.join(folder, 'more.json');
  const place = 'workflows.0.configuration.task_routing.filters.0.targets.0.priority';
  writeFileSync(file, JSON.stringify(changed(place, '10')));
  expect(readWorkspaceFile(file).workflows[0]?.configuration.task_routing.filters?.[0]?.targets[0]).toEqual({
    queue: 'Customer Care Requests - Spanish',
    priority: '10',
  });
});

it('accepts a byte order mark', () => {
  const file = path.join(folder, 'marked.json');
  writeFileSync(file, `\uFEFF${JSON.stringify(tutorial())}`);
  expect(readWorkspaceFile(file)).toEqual(tutorial());
});

it('reports a missing file, and the flag that selects another', () => {
  const file = path.join(folder, 'none.json');
  expect(refusal(() => readWorkspaceFile(file)).message).toBe(
    `The workspace file ${file} does not exist. Write the tutorial's with "npx taskrouter init", or choose another with --workspace FILE.`,
  );
});

it('reports that a folder cannot be read', () => {
  expect(refusal(() => readWorkspaceFile(folder)).message).toBe(
    `Cannot read the workspace file ${folder} (EISDIR). Choose another with --workspace FILE.`,
  );
});

it('reports where the JSON is invalid', () => {
  const [fault, ...others] = faultsOf('{\n  "friendlyName": "Care",\n}');
  expect(others).toEqual([]);
  expect(fault).toMatch(/^mine\.json: invalid JSON \(.*line 3.*\)\.$/);
});

it('reports all errors at once, each with the file and the place', () => {
  const desired = { ...tutorial(), multiTaskEnabled: 'no', workers: [{ friendlyName: '' }] };
  expect(faultsOf(JSON.stringify(desired))).toEqual([
    'mine.json: multiTaskEnabled must be true or false.',
    'mine.json: workers[0].friendlyName must be a name of 1 to 64 characters, such as "Alice".',
  ]);
});

const workflow = 'workflows.0.configuration.task_routing';
const workflowText = 'workflows[0].configuration.task_routing';
const url =
  'must be an http or https URL, such as "$' + '{FUNCTIONS_URL}/assignment-callback", or null for none.';

it.each([
  [
    'friendlyName',
    undefined,
    'friendlyName is missing. Use a name of 1 to 64 characters, such as "Customer Care".',
  ],
  ['friendlyName', ' ', 'friendlyName must be a name of 1 to 64 characters, such as "Customer Care".'],
  [
    'friendlyName',
    'x'.repeat(65),
    'friendlyName must be a name of 1 to 64 characters, such as "Customer Care".',
  ],
  ['prioritizeQueueOrder', 'fifo', 'prioritizeQueueOrder must be "FIFO" or "LIFO".'],
  ['eventsFilter', 'task.created', 'eventsFilter must be an array of event types.'],
  ['eventsFilter', [1], 'eventsFilter[0] must be an event type, such as "task.created".'],
  ['eventCallbackUrl', '/event-callback', `eventCallbackUrl ${url}`],
  ['activities', undefined, 'activities is missing. Use an array of activities.'],
  ['activities.1.available', undefined, 'activities[1].available is missing. Use true or false.'],
  ['activities.1', 'Idle', 'activities[1] must be an object with the fields friendlyName, available.'],
  [
    'taskQueues.0.maxReservedWorkers',
    51,
    'taskQueues[0].maxReservedWorkers must be a whole number of workers from 1 to 50.',
  ],
  [
    'taskQueues.0.targetWorkers',
    '',
    'taskQueues[0].targetWorkers must be an expression over worker attributes, such as "1==1" for every worker, or null for no workers.',
  ],
  [
    'workflows.0.taskReservationTimeout',
    0.5,
    'workflows[0].taskReservationTimeout must be a whole number of seconds from 1 to 86400.',
  ],
  [
    'workflows.0.assignmentCallbackUrl',
    '$' + '{FUNCTION_URL}/assignment-callback',
    `workflows[0].assignmentCallbackUrl ${url}`,
  ],
  ['workflows.0.assignmentCallbackUrl', 'ftp://files.example', `workflows[0].assignmentCallbackUrl ${url}`],
  [
    'workflows.0.configuration',
    undefined,
    'workflows[0].configuration is missing. Use an object with "task_routing".',
  ],
  [workflow, { filters: {} }, `${workflowText}.filters must be an array of filters.`],
  [`${workflow}.filters.0.targets`, [], `${workflowText}.filters[0].targets must have at least one target.`],
  [
    `${workflow}.filters.0.expression`,
    undefined,
    `${workflowText}.filters[0].expression is missing. Use an expression over task attributes, such as "1==1" for every task.`,
  ],
  [
    `${workflow}.default_filter`,
    {},
    `${workflowText}.default_filter.queue is missing. Use the friendlyName of a task queue.`,
  ],
  [
    'workers.0.attributes',
    ['en'],
    'workers[0].attributes must be a JSON object of at most 4096 characters, such as {"languages": ["en"]}.',
  ],
  [
    'workers.0.attributes',
    { notes: 'x'.repeat(4096) },
    'workers[0].attributes must be a JSON object of at most 4096 characters, such as {"languages": ["en"]}.',
  ],
  [
    'workers.0.skills',
    [],
    'workers[0] has an unknown field "skills". Valid fields: friendlyName, activity, attributes, channels.',
  ],
])('refuses %s: %j', (place, value, sentence) => {
  expect(workspaceFaults(changed(place, value))).toEqual([sentence]);
});

it.each([
  [
    `${workflow}.filters.0.targets.0.queue`,
    'Customer Care - French',
    `${workflowText}.filters[0].targets[0].queue refers to "Customer Care - French", which is not in taskQueues. Add it there, or correct the name.`,
  ],
  [
    `${workflow}.filters.0.targets.0.queue`,
    undefined,
    `${workflowText}.filters[0].targets[0].queue is missing. The first target of a filter needs the friendlyName of a task queue.`,
  ],
  [
    `${workflow}.default_filter`,
    { queue: 'Overflow' },
    `${workflowText}.default_filter.queue refers to "Overflow", which is not in taskQueues. Add it there, or correct the name.`,
  ],
  [
    `${workflow}.filters.0.targets.0.skip_if`,
    'workers.$' + '{activity:Lunch} > 0',
    `${workflowText}.filters[0].targets[0].skip_if refers to "Lunch", which is not in activities. Add it there, or correct the name.`,
  ],
  [
    'taskQueues.1.reservationActivity',
    'reserved',
    'taskQueues[1].reservationActivity refers to "reserved", which is not in activities. Add it there, or correct the name.',
  ],
  [
    'timeoutActivity',
    'Gone',
    'timeoutActivity refers to "Gone", which is not in activities. Add it there, or correct the name.',
  ],
  [
    'workers.1.activity',
    'Available',
    'workers[1].activity refers to "Available", which is not in activities. Add it there, or correct the name.',
  ],
  [
    'workers.1.friendlyName',
    'ALICE',
    'workers[1].friendlyName repeats the name "ALICE". Use a different name.',
  ],
  [
    'workflows.1',
    tutorial().workflows[0],
    'workflows[1].friendlyName repeats the name "Incoming Customer Care Requests". Use a different name.',
  ],
])('rejects %s as inconsistent: %j', (place, value, sentence) => {
  expect(workspaceFaults(changed(place, value))).toEqual([sentence]);
});

it('rejects a value that is not an object', () => {
  expect(workspaceFaults([])).toEqual([
    'the file must be an object with the fields $schema, friendlyName, multiTaskEnabled, prioritizeQueueOrder, eventCallbackUrl, eventsFilter, defaultActivity, timeoutActivity, taskChannels, activities, taskQueues, workflows, workers, exampleTasks, lint.',
  ]);
});
