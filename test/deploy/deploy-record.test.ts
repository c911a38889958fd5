import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCreated, recordCreated } from '../../src/deploy/target/deploy-record';
import { ConfigurationError } from '../../src/system/config';
import { exampleSid } from '../support/twilio-runtime';

const account = exampleSid('AC');
const file = '.taskrouterdeployinfo';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'deploy-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the resources created from a folder', () => {
  it('are none at first', () => {
    expect(readCreated(folder, account)).toEqual({ workspaceSids: [], serviceSids: [] });
  });

  it('are recorded for each account, once', () => {
    recordCreated(folder, account, { workspaceSids: ['WS1'] });
    recordCreated(folder, account, { workspaceSids: ['WS1'], serviceSids: ['ZS1'] });
    recordCreated(folder, 'AC2', { serviceSids: ['ZS2'] });
    expect(readCreated(folder, account)).toEqual({ workspaceSids: ['WS1'], serviceSids: ['ZS1'] });
    expect(readCreated(folder, 'AC2')).toEqual({ workspaceSids: [], serviceSids: ['ZS2'] });
  });

  it.each<[string, (there: string) => void]>([
    ['no JSON', (there) => writeFileSync(there, '{')],
    ['something else', (there) => writeFileSync(there, '{"AC1": []}')],
    ['a folder', (there) => mkdirSync(there)],
  ])('are unknown when the file is %s, and the error names the remedy', (_, spoil) => {
    spoil(path.join(folder, file));
    expect(() => readCreated(folder, account)).toThrow(
      new ConfigurationError([
        `${file} is damaged. Remove it: the next deployment then asks before it changes what was created from this folder.`,
      ]),
    );
  });
});
