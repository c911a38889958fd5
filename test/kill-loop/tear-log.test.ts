import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { temporaryDirectories } from '../store/temporary-directory';
import { tearLog } from './tear-log';

const newDirectory = temporaryDirectories();

/** A database as a killed process leaves it, with three transactions in its log. */
function killedDatabase(): string {
  const file = path.join(newDirectory(), 'killed.db');
  const database = new Database(file);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('CREATE TABLE numbers (number INTEGER)');
  for (const number of [1, 2]) database.exec(`INSERT INTO numbers VALUES (${number})`);
  const copy = path.join(newDirectory(), 'copy.db');
  for (const ending of ['', '-wal', '-shm']) copyFileSync(file + ending, copy + ending);
  database.close();
  return copy;
}

it.each([0, 0.5, 0.99])('cuts a log in its last transaction, of which %d remains', (share) => {
  const file = killedDatabase();
  expect(tearLog(`${file}-wal`, share)).toBe(true);
  const database = new Database(file);
  expect(database.prepare('SELECT number FROM numbers').all()).toMatchObject([{ number: 1 }]);
  database.close();
});
