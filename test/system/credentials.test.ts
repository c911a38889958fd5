import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keepCredentials, makeCredentials } from '../../src/system/credentials';
import { DataFileDamaged } from '../../src/system/data-file';

const none = { accountSid: undefined, authToken: undefined };
const folder = mkdtempSync(path.join(tmpdir(), 'credentials-'));
const file = path.join(folder, 'credentials.json');

afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

it('creates an API key at the first start and keeps it', () => {
  const first = keepCredentials(folder, none);
  expect(first.apiKey).toEqual({
    sid: expect.stringMatching(/^SK[0-9a-f]{32}$/),
    secret: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(keepCredentials(folder, none)).toEqual(first);
});

it('adds an API key to the credentials of an earlier version, and changes nothing else', () => {
  const { apiKey: _, ...earlier } = makeCredentials(none);
  writeFileSync(file, JSON.stringify(earlier), { mode: 0o600 });
  const upgraded = keepCredentials(folder, none);
  expect(upgraded).toEqual({ ...earlier, apiKey: expect.anything() });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(upgraded);
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
});

it('refuses an API key that it did not write', () => {
  writeFileSync(file, JSON.stringify({ ...makeCredentials(none), apiKey: { sid: 'SK1', secret: '' } }));
  expect(() => keepCredentials(folder, none)).toThrow(DataFileDamaged);
});
