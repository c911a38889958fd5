import { join } from 'node:path';
import Database from 'libsql';
import { findContradiction } from '../../src/taskrouter/store/contradictions';
import type { Rows } from '../../src/taskrouter/store/store';
import { StoreUnavailable } from '../../src/taskrouter/store/store';
import { startTestTaskRouter } from '../support/start-test-taskrouter';
import { openInProcess } from './in-process-writer';
import { eventAt, put, samples, sid, time } from './samples';
import { temporaryDirectories } from './temporary-directory';

const newDirectory = temporaryDirectories();

/** A data directory with the sample rows and two events, changed by SQL after it was closed. */
async function changed(sql: string): Promise<string> {
  const directory = newDirectory();
  const store = openInProcess(directory);
  const tables = Object.keys(samples) as (keyof typeof samples)[];
  await store.commitBatch({
    time,
    changes: tables.map((table) => put(table)),
    events: [eventAt(2), eventAt(3)],
  });
  await store.close();
  const database = new Database(join(directory, 'taskrouter.db'));
  database.exec(sql);
  database.close();
  return directory;
}

async function refusalOf(directory: string): Promise<StoreUnavailable> {
  const store = openInProcess(directory);
  try {
    store.load();
  } catch (error) {
    if (error instanceof StoreUnavailable) return error;
    throw error;
  } finally {
    await store.close();
  }
  throw new Error('it was loaded');
}

const notUtf8 = (column: string) =>
  `CAST(replace(CAST(${column} AS TEXT), 'Alice', '') || CAST(X'ff' AS TEXT) AS TEXT)`;

describe('a row is refused with its table, its sid, and what is wrong', () => {
  const task = samples.tasks.sid;
  const set = (table: string, field: string, value: string) =>
    `UPDATE ${table} SET body = json_set(body, '$.${field}', ${value})`;

  it.each([
    ['a text that is not UTF-8', `UPDATE tasks SET body = ${notUtf8('body')}`, 'tasks', task, 'not UTF-8'],
    ['a body that is not JSON', `UPDATE tasks SET body = '{"sid": "WT'`, 'tasks', task, 'JSON'],
    ['a body that is a list', `UPDATE tasks SET body = '[]'`, 'tasks', task, 'not a JSON object'],
    ['a body that is null', `UPDATE tasks SET body = 'null'`, 'tasks', task, 'not a JSON object'],
    ['a body that is bytes', `UPDATE tasks SET body = X'00ff'`, 'tasks', task, 'UTF-8'],
    ['an empty body', `UPDATE tasks SET body = ''`, 'tasks', task, 'JSON'],
    [
      'a missing field',
      "UPDATE tasks SET body = json_remove(body, '$.priority')",
      'tasks',
      task,
      'priority is missing',
    ],
    [
      'a field of another type',
      set('tasks', 'priority', "'high'"),
      'tasks',
      task,
      'priority is not a number',
    ],
    [
      'an unknown status',
      set('tasks', 'status', "'lost'"),
      'tasks',
      task,
      'status is not one of pending, reserved',
    ],
    [
      'attributes that are no object',
      set('tasks', 'attributes', "'[1]'"),
      'tasks',
      task,
      'attributes is not a JSON object',
    ],
    ['attributes that are not JSON', set('tasks', 'attributes', "'{'"), 'tasks', task, 'JSON'],
    [
      'a damaged step',
      set('tasks', 'step.target', "'x'"),
      'tasks',
      task,
      'step is not a step whose target is a count',
    ],
    [
      'another sid in it',
      `UPDATE workers SET sid = '${sid('WK', 7)}'`,
      'workers',
      sid('WK', 7),
      'the sid in it is another one',
    ],
    [
      'a sid that is not UTF-8',
      "UPDATE workers SET sid = CAST(X'574bff' AS TEXT)",
      'workers',
      'with rowid 1',
      'the sid in it is another one',
    ],
    [
      'another sequence in it',
      'UPDATE workers SET sequence = 2',
      'workers',
      samples.workers.sid,
      'the sequence in it',
    ],
    [
      'a sequence that is text',
      "UPDATE workers SET sequence = CAST(X'ff' AS TEXT)",
      'workers',
      samples.workers.sid,
      'the sequence',
    ],
    [
      'a list of other things',
      set('deliveries', 'urls', "json('[1]')"),
      'deliveries',
      samples.deliveries.sid,
      'urls is not a list of texts',
    ],
  ])('%s', async (_what, sql, table, rowSid, detail) => {
    const { reason, message } = await refusalOf(await changed(sql));
    expect(reason).toBe('corrupt');
    expect(message).toContain(`table ${table}, row ${rowSid}`);
    expect(message).toContain(detail);
    expect(message).toMatch(
      /Nothing was changed. Move it and .*-wal away to start anew, or use .*--data DIR/,
    );
  });

  it.each([
    ["UPDATE meta SET value = 'x' WHERE name = 'sequence'"],
    ["UPDATE meta SET value = CAST(X'ff' AS TEXT) WHERE name = 'sequence'"],
    ["DELETE FROM meta WHERE name = 'sequence'"],
  ])('the highest sequence: %s', async (sql) => {
    const directory = await changed(sql);
    expect(() => openInProcess(directory)).toThrow(/damaged \(the highest sequence is missing\)/);
  });

  it('the last time', async () => {
    const store = openInProcess(
      await changed("UPDATE meta SET value = CAST(X'ff' AS TEXT) WHERE name = 'time'"),
    );
    expect(() => store.lastTime()).toThrow(/the last time is not a number/);
    await store.close();
  });
});

describe('rows that contradict each other', () => {
  const complete = Object.fromEntries(
    Object.entries(samples).map(([table, row]) => [table, [row]]),
  ) as unknown as Rows;
  const whole: Rows = {
    ...complete,
    activities: [1, 3].map((number) => ({
      ...samples.activities,
      sid: sid('WA', number),
      sequence: number,
      friendlyName: `Activity ${number}`,
    })),
  };
  const withRow = <Name extends keyof Rows>(table: Name, patch: Partial<Rows[Name][number]>): Rows => ({
    ...whole,
    [table]: [{ ...whole[table][0], ...patch }, ...whole[table].slice(1)],
  });
  const nothing = sid('XX', 9);

  it('are not found where there are none', () => {
    expect(findContradiction(whole, 3)).toBeNull();
  });

  it.each([
    ['workers', 'activitySid'],
    ['workers', 'workspaceSid'],
    ['workerChannels', 'taskChannelSid'],
    ['workflows', 'versionSid'],
    ['tasks', 'workflowSid'],
    ['tasks', 'taskQueueSid'],
    ['tasks', 'taskChannelSid'],
    ['reservations', 'taskSid'],
    ['reservations', 'workerSid'],
    ['reservations', 'workerPreviousActivitySid'],
    ['calls', 'reservationSid'],
    ['workspaces', 'timeoutActivitySid'],
    ['taskQueues', 'assignmentActivitySid'],
  ] as const)('are named: %s with a %s of nothing', (table, field) => {
    const found = findContradiction(withRow(table, { [field]: nothing }), 3);
    expect(found).toMatch(
      `table ${table}, row ${samples[table].sid}: ${field} is ${nothing}, which is not in`,
    );
  });

  it('are named: the configuration that a task follows', () => {
    const step = { ...samples.tasks.step, versionSid: 'WV9' } as typeof samples.tasks.step;
    expect(findContradiction(withRow('tasks', { step }), 3)).toContain('step.versionSid is WV9');
  });

  it('are allowed where the work is over, as after a deletion', () => {
    const over = {
      ...samples.tasks,
      status: 'completed',
      workflowSid: nothing,
      taskQueueSid: nothing,
    } as const;
    const rows: Rows = {
      ...whole,
      tasks: [over],
      reservations: [{ ...samples.reservations, status: 'completed', workerSid: nothing }],
    };
    expect(findContradiction(rows, 3)).toBeNull();
  });

  it('are named: names and sequences that are there twice, or are too high', () => {
    const twice: Rows = {
      ...whole,
      workers: [
        samples.workers,
        { ...samples.workers, sid: sid('WK', 2), sequence: 2, friendlyName: 'ALICE' },
      ],
    };
    expect(findContradiction(twice, 3)).toMatch(/table workers, row WK0+2: another row has its friendlyName/);
    const equal: Rows = {
      ...whole,
      workers: [samples.workers, { ...samples.workers, sid: sid('WK', 2), friendlyName: 'Bob' }],
    };
    expect(findContradiction(equal, 3)).toMatch(/row WK0+2: another row has its sequence/);
    expect(findContradiction(whole, 2)).toMatch(/row WA0+3: its sequence is above the highest one/);
  });
});

describe('a start with damaged rows', () => {
  /** A directory that a service has used, changed by SQL. */
  async function usedAndChanged(sql: string): Promise<string> {
    const directory = newDirectory();
    const first = await startTestTaskRouter({ store: openInProcess(directory) });
    const workspace = await first.client.taskrouter.v1.workspaces.create({
      friendlyName: 'Used',
      template: 'FIFO',
    });
    await first.client.taskrouter.v1.workspaces(workspace.sid).workers.create({ friendlyName: 'Alice' });
    await first.client.taskrouter.v1.workspaces(workspace.sid).tasks.create({});
    await first.close();
    const database = new Database(join(directory, 'taskrouter.db'));
    database.exec(sql);
    database.close();
    return directory;
  }

  it.each([
    [
      'a worker without its activity',
      'DELETE FROM activities',
      /table workspaces, row WS\w+: defaultActivitySid is WA/,
    ],
    [
      'an expression that cannot be read',
      "UPDATE taskQueues SET body = json_set(body, '$.targetWorkers', 'a ==')",
      /table taskQueues, row WQ\w+: mismatched input/,
    ],
    [
      'a configuration that cannot be read',
      "UPDATE workflowVersions SET body = json_set(body, '$.configuration', '{}')",
      /table workflowVersions, row WW[\w.]+: Invalid Configuration: task_routing/,
    ],
  ])('is refused as corrupt, naming the row: %s', async (_what, sql, detail) => {
    const store = openInProcess(await usedAndChanged(sql));
    const refusal = await startTestTaskRouter({ store }).catch((error) => error);
    expect(refusal).toMatchObject({ name: 'StoreUnavailable', reason: 'corrupt' });
    expect(refusal.message).toMatch(detail);
    await store.close();
  });

  it('succeeds without damage', async () => {
    const directory = await usedAndChanged('SELECT 1');
    const again = await startTestTaskRouter({ store: openInProcess(directory) });
    expect([...again.taskRouter.view.all('tasks')]).toHaveLength(1);
    await again.close();
  });
});

describe('damaged events', () => {
  const base = { workspaceSid: sid('WS', 1), limit: 10 };
  const sequences = (events: readonly { readonly sequence: number }[]) =>
    events.map(({ sequence }) => sequence);

  it.each([
    ['not UTF-8', "CAST(X'7bff7d' AS TEXT)"],
    ['not JSON', "'{'"],
    ['no event', "'{}'"],
    ['an event without fields', "json_remove(body, '$.fields')"],
    ['bytes', "X'00ff'"],
  ])('are left out of every read, and named once: %s', async (_what, body) => {
    const directory = await changed(`UPDATE events SET body = ${body} WHERE sequence = 2`);
    const notices: string[] = [];
    const store = openInProcess(directory, { notify: (message) => notices.push(message) });
    expect(sequences(store.events(base))).toEqual([3]);
    expect(sequences(store.events({ ...base, limit: 1, olderThan: sid('EV', 3) }))).toEqual([]);
    expect(sequences(store.events({ ...base, fields: { TaskSid: sid('WT', 1) } }))).toEqual([3]);
    expect(store.events({ ...base, fields: { Other: 'x' } })).toEqual([]);
    expect(store.event(sid('EV', 2))).toBeUndefined();
    expect(store.oldestEvent()).toBe(2000);
    expect(notices).toEqual([expect.stringMatching(/event with sequence 2 is damaged and is left out/)]);
    await store.close();
  });

  it('do not make a page shorter', async () => {
    const directory = newDirectory();
    const first = openInProcess(directory);
    await first.commitBatch({
      time,
      changes: [],
      events: [1, 2, 3, 4, 5, 6].map((sequence) => eventAt(sequence)),
    });
    await first.close();
    const database = new Database(join(directory, 'taskrouter.db'));
    database.exec("UPDATE events SET body = '' WHERE sequence IN (3, 4, 5)");
    database.close();
    const store = openInProcess(directory);
    expect(sequences(store.events({ ...base, limit: 2 }))).toEqual([6, 2]);
    expect(sequences(store.events({ ...base, limit: 2, newerThan: sid('EV', 1) }))).toEqual([6, 2]);
    await store.close();
  });
});
