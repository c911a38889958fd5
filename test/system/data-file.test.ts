import fs from 'node:fs';
import path from 'node:path';
import { DataFileDamaged, writeDataFile } from '../../src/system/data-file';
import { temporaryDirectories } from '../store/temporary-directory';

const temporaryDirectory = temporaryDirectories();

afterEach(() => jest.restoreAllMocks());

it.each(['ENOSPC', 'EDQUOT'])('reports a full disk as full, and keeps the old file: %s', (code) => {
  const file = path.join(temporaryDirectory(), 'credentials.json');
  writeDataFile(file, 'old');
  jest.spyOn(fs, 'fsyncSync').mockImplementation(() => {
    throw Object.assign(new Error('no space left on device'), { code });
  });
  const write = () => writeDataFile(file, 'new');
  expect(write).toThrow(DataFileDamaged);
  expect(write).toThrow(`The disk is full: ${file} cannot be written. Free space and start again.`);
  expect(fs.readFileSync(file, 'utf8')).toBe('old');
});
