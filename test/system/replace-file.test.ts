import fs from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../src/system/replace-file';
import { temporaryDirectories } from '../store/temporary-directory';

const temporaryDirectory = temporaryDirectories();

afterEach(() => jest.restoreAllMocks());

it('replaces a file with one for its owner only, and syncs it and then its directory', () => {
  const file = path.join(temporaryDirectory(), 'state.json');
  fs.writeFileSync(file, 'old');
  const synced: string[] = [];
  const { fsyncSync } = fs;
  jest.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
    synced.push(fs.fstatSync(descriptor).isDirectory() ? 'directory' : 'file');
    fsyncSync(descriptor);
  });
  replaceFile(file, 'new', 0o600);
  expect(fs.readFileSync(file, 'utf8')).toBe('new');
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(path.dirname(file))).toEqual(['state.json']);
  expect(synced).toEqual(['file', 'directory']);
});
