import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TaskrouterCommand } from '../support/taskrouter-command';
import { temporaryFolder } from '../support/taskrouter-process';

const folder = temporaryFolder();
const own = readFileSync(path.join(__dirname, '..', '..', 'workspace.json'), 'utf8');
const lint = (...args: string[]) => new TaskrouterCommand(['lint', ...args]).ended();

function fileWith(text: string): string {
  const file = path.join(folder, 'misspelled.json');
  writeFileSync(file, text);
  return file;
}
const misspelled = () => fileWith(own.replace('languages HAS \\"es\\"', 'langauges HAS \\"es\\"'));
const lineOf = (part: string) => own.slice(0, own.indexOf(part)).split('\n').length;

it('exits with 0 for the file of this project, which has no problem', async () => {
  expect(await lint('--workspace', fileWith(own))).toMatchObject({
    code: 0,
    output: expect.stringContaining('1 info. To silence a rule'),
  });
});

it('shows each finding at its line, what to do, and how many there are, and exits with 2', async () => {
  const file = misspelled();
  const { code, output } = await lint('--workspace', file);
  expect(code).toBe(2);
  const line = lineOf('languages HAS \\"es\\"');
  expect(output).toContain(`${file}:${line}:24  warning  unknown_worker_attribute\n`);
  expect(output).toContain(
    'No worker has the attribute langauges, so langauges is NULL. Write languages if you mean that.\n',
  );
  expect(output).toContain('2 warnings, 1 info.');
});

it('says that there is nothing', async () => {
  const silenced = { ...JSON.parse(own), lint: { ignore: ['missing_default_filter'] } };
  const file = fileWith(JSON.stringify(silenced));
  expect(await lint('--workspace', file)).toEqual({
    code: 0,
    output: `No findings in ${file}.\n`,
    errors: '',
  });
});

it('prints JSON with places and lines', async () => {
  const { output } = await lint('--workspace', misspelled(), '--json');
  expect(JSON.parse(output).findings).toContainEqual(
    expect.objectContaining({
      code: 'unknown_worker_attribute',
      severity: 'warning',
      place: '/taskQueues/0/targetWorkers',
      line: lineOf('languages HAS \\"es\\"'),
      column: 24,
    }),
  );
});

it('prints a SARIF log with a rule for each code', async () => {
  const { output } = await lint('--workspace', misspelled(), '--sarif');
  const { version, runs } = JSON.parse(output);
  expect(version).toBe('2.1.0');
  expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(
    expect.arrayContaining(['unknown_worker_attribute', 'queue_without_workers']),
  );
  expect(runs[0].results[0].locations[0].physicalLocation.region).toEqual({
    startLine: lineOf('languages HAS \\"es\\"'),
    startColumn: 24,
  });
});

it.each([
  [['--json', '--sarif'], 'Use either --json or --sarif.'],
  [['--workspace', 'none.json'], 'The workspace file none.json does not exist.'],
])('%j is refused', async (args, message) => {
  const { code, errors } = await lint(...args);
  expect(code).toBe(3);
  expect(errors).toContain(message);
});

it('refuses a code that is not one of a rule', async () => {
  const file = fileWith(JSON.stringify({ ...JSON.parse(own), lint: { ignore: ['no_such_rule'] } }));
  const { code, errors } = await lint('--workspace', file);
  expect(code).toBe(3);
  expect(errors).toContain('lint.ignore[0] must be the code of a rule, such as "missing_default_filter".');
});
