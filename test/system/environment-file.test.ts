import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '../../src/system/config';
import { readEnvironmentFile, writeVariables } from '../../src/system/environment-file';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'environment-file-'));
  file = path.join(folder, '.env.deploy');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mode = () => (statSync(file).mode & 0o777).toString(8);
const text = () => readFileSync(file, 'utf8');

it('replaces a line and keeps every other line unchanged', () => {
  writeFileSync(file, '# The workspace\r\nWORKSPACE_SID=\r\n\r\nOPERATOR_PASSWORD=a=b # c\r\n');
  writeVariables(file, { WORKSPACE_SID: 'WS1' });
  expect(text()).toBe('# The workspace\r\nWORKSPACE_SID=WS1\r\n\r\nOPERATOR_PASSWORD=a=b # c\r\n');
});

it('adds missing variables on lines of their own', () => {
  writeFileSync(file, 'TWILIO_WORKSPACE_SID=WS1');
  writeVariables(file, { WORKSPACE_SID: 'WS2', WORKFLOW_SID: 'WW2' });
  expect(text()).toBe('TWILIO_WORKSPACE_SID=WS1\nWORKSPACE_SID=WS2\nWORKFLOW_SID=WW2\n');
});

it('ignores comments, and takes a value as written', () => {
  writeFileSync(file, '# WORKSPACE_SID= is filled\n  WORKSPACE_SID =old\n');
  writeVariables(file, { WORKSPACE_SID: '$&$1' });
  expect(text()).toBe('# WORKSPACE_SID= is filled\nWORKSPACE_SID=$&$1\n');
});

it('replaces every line of a variable that is repeated', () => {
  writeFileSync(file, 'A=1\nB=2\nA=3\n');
  writeVariables(file, { A: '4' });
  expect(text()).toBe('A=4\nB=2\nA=4\n');
});

it('keeps the mode of a file, and creates a new one for its owner only', () => {
  writeVariables(file, { A: '1' });
  expect(mode()).toBe('600');
  chmodSync(file, 0o640);
  writeVariables(file, { A: '2' });
  expect(mode()).toBe('640');
  writeVariables(file, { A: '3' }, 0o600);
  expect(mode()).toBe('600');
});

it('writes through a symbolic link and leaves no other files', () => {
  const target = path.join(folder, 'elsewhere');
  writeFileSync(target, 'A=1\n');
  symlinkSync(target, file);
  writeVariables(file, { A: '2' });
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('A=2\n');
  expect(readdirSync(folder).sort()).toEqual(['.env.deploy', 'elsewhere']);
});

it('returns null when there is no file', () => {
  expect(readEnvironmentFile(file)).toBeNull();
});

it('reports which file cannot be read or written, and why', () => {
  const missing = path.join(path.dirname(file), 'missing', '.env');
  expect(() => writeVariables(missing, { WORKSPACE_SID: 'WS1' })).toThrow(
    new ConfigurationError([`Cannot write ${missing} (ENOENT). It must be a file that you own.`]),
  );
  mkdirSync(file);
  expect(() => readEnvironmentFile(file)).toThrow(
    new ConfigurationError([`Cannot read ${file} (EISDIR). It must be a file that you own.`]),
  );
});
