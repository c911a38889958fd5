import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';
import { workspaceJsonSchema } from '../../src/workspace/file/json-schema';

const validate = new Ajv({ allErrors: true }).compile(workspaceJsonSchema());
const own = JSON.parse(readFileSync(path.join(__dirname, '..', '..', 'workspace.json'), 'utf8'));

const faultsOf = (document: object): string[] => {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

it('accepts the file of this project, with example tasks and silenced rules', () => {
  expect(faultsOf(own)).toEqual([]);
  const more = {
    exampleTasks: [{ selected_language: 'es' }],
    lint: { ignore: ['missing_default_filter'] },
  };
  expect(faultsOf({ ...own, ...more })).toEqual([]);
});

it.each([
  [{ worksers: [] }, ' must NOT have additional properties'],
  [{ multiTaskEnabled: 'no' }, '/multiTaskEnabled must be boolean'],
  [{ taskQueues: [{ friendlyName: 'A', taskOrder: 'ANY' }] }, '/taskQueues/0/taskOrder must be equal to one'],
  [{ workflows: [{ friendlyName: 'A' }] }, "/workflows/0 must have required property 'configuration'"],
  [{ lint: { ignore: ['none'] } }, '/lint/ignore/0 must be equal to one'],
])('refuses %j', (fault, message) => {
  expect(faultsOf({ ...own, ...fault })).toEqual([expect.stringContaining(message)]);
});
