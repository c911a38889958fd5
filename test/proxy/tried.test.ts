import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const page = readFileSync(path.join(root, 'docs/run.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

/** The packages that test/cli/programs/clients.js uses, by their names in the table. */
it.each([
  ['twilio-node', 'twilio'],
  ['axios', 'axios'],
  ['ws', 'ws'],
])('lists the version of %s that is tried', (client, name) => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8'));
  const row = rows.find((line) => line.startsWith(`| ${client}`));
  expect(row?.split('|').map((cell) => cell.trim())[2]).toBe(version);
});
