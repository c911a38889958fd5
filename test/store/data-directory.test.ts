import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { migrations } from '../../src/taskrouter/store/migrations';
import { migrate } from '../../src/taskrouter/store/schema';
import { openDatabase } from '../../src/taskrouter/store/sqlite-database';
import { StoreUnavailable } from '../../src/taskrouter/store/store';
import { openInProcess } from './in-process-writer';
import { type StoreProcess, startStoreProcess } from './owner-process';
import { eventAt, put, samples, sid, time } from './samples';
import { temporaryDirectories } from './temporary-directory';

const newDirectory = temporaryDirectories();

/** The error with which opening was refused. */
function refusal(open: () => unknown): StoreUnavailable {
  try {
    open();
  } catch (error) {
    if (error instanceof StoreUnavailable) return error;
    throw error;
  }
  throw new Error('it was opened');
}

/** A closed directory that contains a task and an event. */
async function usedDirectory(): Promise<{ directory: string; file: string }> {
  const directory = newDirectory();
  const store = openInProcess(directory);
  await store.commitBatch({ time, changes: [put('tasks')], events: [eventAt(2)] });
  await store.close();
  return { directory, file: join(directory, 'taskrouter.db') };
}

function overwrite(file: string, from: number, bytes: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(descriptor);
}

describe('a data directory', () => {
  it('is created when missing, accessible only to its owner', async () => {
    const directory = join(newDirectory(), 'a', 'b?c=d', "it's 100% new #1");
    await openInProcess(directory).close();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'taskrouter.db')).mode & 0o777).toBe(0o600);
  });

  it('keeps no trace of its owner after closing, with everything in one file', async () => {
    const { directory, file } = await usedDirectory();
    expect(existsSync(join(directory, 'owner.json'))).toBe(false);
    const copy = newDirectory();
    copyFileSync(file, join(copy, 'taskrouter.db'));
    const store = openInProcess(copy);
    expect(store.load().rows.tasks).toEqual([samples.tasks]);
    await store.close();
  });

  it('is refused as unusable, with the reason, when it cannot be created', () => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, '');
    const { reason, message } = refusal(() => openInProcess(join(file, 'data')));
    expect(reason).toBe('unusable');
    expect(message).toMatch(/Cannot create the data directory .*\(.*ENOTDIR.*--data DIR/);
  });

  it('is refused as unusable when the database cannot be opened', () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'taskrouter.db'));
    const { reason, message } = refusal(() => openInProcess(directory));
    expect(reason).toBe('unusable');
    expect(message).toContain(join(directory, 'taskrouter.db'));
  });
});

describe('damaged data', () => {
  /** Expects a refusal as corrupt with file and remedy, and an unchanged file. */
  function expectCorrupt(directory: string, what: RegExp): void {
    const file = join(directory, 'taskrouter.db');
    const content = () => existsSync(file) && readFileSync(file, 'latin1');
    const before = content();
    const { reason, message } = refusal(() => openInProcess(directory));
    expect(reason).toBe('corrupt');
    expect(message).toMatch(what);
    expect(message).toContain(file);
    expect(message).toMatch(/[Mm]ove it .*away.*--data DIR/);
    expect(content() === before).toBe(true);
  }

  it('is refused when the file is not a database', () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'taskrouter.db'), 'my shopping list\n'.repeat(1000));
    expectCorrupt(directory, /not a database/);
  });

  it('is refused when pages of the database are overwritten', async () => {
    const { directory, file } = await usedDirectory();
    overwrite(file, 4096, statSync(file).size - 4096);
    expectCorrupt(directory, /damaged/);
  });

  it('is refused when the database is cut short', async () => {
    const { directory, file } = await usedDirectory();
    truncateSync(file, statSync(file).size - 8192);
    expectCorrupt(directory, /damaged/);
  });

  it.each(['empty', 'missing'])(
    'is refused when the database is %s while its log holds data',
    async (how) => {
      const { directory, file } = await usedDirectory();
      writeFileSync(`${file}-wal`, Buffer.alloc(8192, 1));
      if (how === 'empty') truncateSync(file, 0);
      else rmSync(file);
      expectCorrupt(directory, /empty or missing/);
      expect(statSync(`${file}-wal`).size).toBe(8192);
    },
  );

  it('is refused when the database belongs to another program', () => {
    const directory = newDirectory();
    const database = new Database(join(directory, 'taskrouter.db'));
    database.exec('CREATE TABLE meta (name TEXT, value TEXT)');
    database.close();
    expectCorrupt(directory, /another program/);
  });

  it('is refused when a row cannot be read', async () => {
    const { directory, file } = await usedDirectory();
    const database = new Database(file);
    database.exec(`UPDATE tasks SET body = '{"sid": "WT'`);
    database.close();
    const store = openInProcess(directory);
    expect(refusal(() => store.load())).toMatchObject({
      reason: 'corrupt',
      message: expect.stringMatching(/table tasks/),
    });
    await store.close();
  });

  it('does not lock the directory: it opens once the file is moved away', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'taskrouter.db'), 'x'.repeat(5000));
    expectCorrupt(directory, /not a database/);
    rmSync(join(directory, 'taskrouter.db'));
    await openInProcess(directory).close();
  });
});

describe('schema versions', () => {
  const next = { release: '7.8.9', sql: 'CREATE TABLE extra (a); INSERT INTO extra VALUES (1)' };
  const tablesOf = (directory: string) => {
    const database = new Database(join(directory, 'taskrouter.db'));
    const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    database.close();
    return (rows as { name: string }[]).map(({ name }) => name);
  };

  it('refuse a newer one, name the required release, and open with that release', async () => {
    const directory = newDirectory();
    await openInProcess(directory, { migrations: [...migrations, next] }).close();
    const { reason, message } = refusal(() => openInProcess(directory));
    expect(reason).toBe('newer');
    const { length } = migrations;
    expect(message).toContain(`schema ${length + 1}, this one knows ${length}`);
    expect(message).toMatch(/Use version 7\.8\.9 or later.*--data DIR/);
    await openInProcess(directory, { migrations: [...migrations, next] }).close();
  });

  it('migrate an older one with all its data', async () => {
    const { directory } = await usedDirectory();
    const store = openInProcess(directory, {
      migrations: [...migrations, next, { release: '8.0.0', sql: 'ALTER TABLE extra RENAME TO more' }],
    });
    expect(store.load()).toMatchObject({ rows: { tasks: [samples.tasks] }, sequence: 2 });
    await store.close();
    expect(tablesOf(directory)).toContain('more');
    expect(refusal(() => openInProcess(directory)).message).toContain('8.0.0');
  });

  it('leave an older one unchanged when a migration fails', async () => {
    const { directory } = await usedDirectory();
    const broken = { release: '8.0.0', sql: 'CREATE TABLE other (a); INSERT INTO nowhere VALUES (1)' };
    expect(
      refusal(() => openInProcess(directory, { migrations: [...migrations, next, broken] })).reason,
    ).toBe('unusable');
    expect(tablesOf(directory)).not.toContain('extra');
    const store = openInProcess(directory);
    expect(store.load().rows.tasks).toEqual([samples.tasks]);
    await store.close();
  });
});

describe('ownership of a data directory', () => {
  const started: StoreProcess[] = [];
  const start = async () => {
    const child = await startStoreProcess();
    started.push(child);
    return child;
  };
  afterEach(() => Promise.all(started.splice(0).map((child) => child.kill())));

  it('is refused to a second store in the same process, until the first is closed', async () => {
    const directory = newDirectory();
    const first = openInProcess(directory);
    first.load();
    expect(refusal(() => openInProcess(directory))).toMatchObject({
      reason: 'locked',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await first.close();
    await openInProcess(directory).close();
  });

  it('is refused while another process has it, with the name of that process and the remedy', async () => {
    const directory = newDirectory();
    const owner = await start();
    owner.tell(`open ${directory}`);
    expect(await owner.hear()).toBe('opened');
    const { reason, message } = refusal(() => openInProcess(directory));
    expect(reason).toBe('locked');
    expect(message).toMatch(new RegExp(`in use by process ${owner.pid}, started .*--data DIR`));
  });

  it('is refused without a name when the owner is unknown', async () => {
    const directory = newDirectory();
    const first = openInProcess(directory);
    for (const nameplate of ['{"pid":', '{"pid":2147483646,"started":"long ago"}']) {
      writeFileSync(join(directory, 'owner.json'), nameplate);
      expect(refusal(() => openInProcess(directory)).message).toContain('in use by another process.');
    }
    await first.close();
  });

  it('ends with the process, even a killed one, and all acknowledged commits survive', async () => {
    const directory = newDirectory();
    const owner = await start();
    owner.tell(`open ${directory}`);
    expect(await owner.hear()).toBe('opened');
    owner.tell('run');
    const acknowledged = [
      await owner.hear(),
      await owner.hear(),
      await owner.hear(),
      ...(await owner.kill()),
    ];
    expect(existsSync(join(directory, 'owner.json'))).toBe(true);
    const store = openInProcess(directory);
    const { rows, sequence } = store.load();
    const stored = rows.tasks.map((task) => String(task.sequence));
    expect(acknowledged.slice(0, 3)).toEqual(['1', '3', '5']);
    expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(stored.length - acknowledged.length).toBeLessThanOrEqual(1);
    expect(sequence).toBe(stored.length * 2);
    expect(store.events({ workspaceSid: sid('WS', 1), limit: 1e6 })).toHaveLength(stored.length * 2);
    await store.close();
  });

  it('goes to exactly one of several that open it at the same time', async () => {
    const contenders = await Promise.all(Array.from({ length: 4 }, start));
    for (let round = 0; round < 3; round += 1) {
      const directory = newDirectory();
      for (const contender of contenders) contender.tell(`open ${directory}`);
      const answers = await Promise.all(contenders.map((contender) => contender.hear()));
      const winner = contenders[answers.indexOf('opened')];
      expect(answers.filter((answer) => answer === 'opened')).toHaveLength(1);
      for (const answer of answers.filter((other) => other !== 'opened')) {
        expect(answer).toMatch(new RegExp(`^locked: .*process ${winner?.pid},`));
      }
      winner?.tell('close');
      expect(await winner?.hear()).toBe('closed');
    }
  });

  it('creates no database while another owner is still starting', () => {
    const directory = newDirectory();
    const lock = new Database(join(directory, 'owner.lock'));
    lock.exec('BEGIN EXCLUSIVE');
    expect(refusal(() => openInProcess(directory)).reason).toBe('locked');
    expect(existsSync(join(directory, 'taskrouter.db'))).toBe(false);
    lock.close();
  });

  it("is distinguished from another program's lock on the database", () => {
    const directory = newDirectory();
    const file = join(directory, 'taskrouter.db');
    const browser = new Database(file);
    browser.exec('BEGIN EXCLUSIVE');
    const { reason, message } = refusal(() => openInProcess(directory));
    expect(reason).toBe('locked');
    expect(message).toContain(`Another program has ${file} locked`);
    browser.close();
  });

  it('adds the later fields to reservations of the first schema', async () => {
    const directory = newDirectory();
    const file = join(directory, 'taskrouter.db');
    const database = openDatabase(file);
    migrate(database, file, migrations.slice(0, 1));
    const { onHold: _, canceledReasonCode: __, ...older } = samples.reservations;
    const insert = database.prepare('INSERT INTO reservations (sid, sequence, body) VALUES (?, ?, ?)');
    insert.run(older.sid, older.sequence, JSON.stringify(older));
    database.close();
    const store = openInProcess(directory);
    expect(store.load().rows.reservations).toEqual([{ ...older, onHold: false, canceledReasonCode: null }]);
    await store.close();
  });
});
