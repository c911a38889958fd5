import { snapshotVersion } from '../../src/taskrouter/snapshot/format';
import { readSnapshot } from '../../src/taskrouter/snapshot/read-snapshot';
import { EngineBench } from '../support/engine-bench';
import { accountSid, savedText } from './state';

let lines: string[];

beforeAll(async () => {
  const bench = new EngineBench();
  bench.addTask();
  lines = (await savedText(bench, bench.events)).trimEnd().split('\n');
});

const refusal = (changed: readonly string[]): string => {
  try {
    readSnapshot(changed.join('\n'), 'bug.jsonl', accountSid);
  } catch (error) {
    expect(error).toMatchObject({ name: 'SnapshotRefused' });
    return (error as Error).message;
  }
  throw new Error('it was not refused');
};

/** The lines, with the first one that matches changed. */
function withLine(
  pattern: RegExp,
  change: (line: string) => string[],
): { changed: string[]; number: number } {
  const at = lines.findIndex((line) => pattern.test(line));
  return { changed: lines.flatMap((line, index) => (index === at ? change(line) : [line])), number: at + 1 };
}

it('reads what was saved', () => {
  const { rows, events } = readSnapshot(lines.join('\n'), 'bug.jsonl', accountSid);
  expect([rows.tasks.length, rows.workers.length]).toEqual([1, 2]);
  expect(events.length).toBeGreaterThan(0);
});

it('refuses a newer version, and names the release that can read it', () => {
  const { changed } = withLine(/"format"/, (line) => [
    line.replace(
      `"version":${snapshotVersion},"release":"`,
      `"version":${snapshotVersion + 1},"release":"9.`,
    ),
  ]);
  expect(refusal(changed)).toMatch(
    /^bug\.jsonl was saved by a newer .* Load it with version 9\.\S+ or later\.$/,
  );
});

it('refuses an older version, and says how to upgrade it', () => {
  const { changed } = withLine(/"format"/, (line) => [
    line.replace(`"version":${snapshotVersion}`, '"version":1'),
  ]);
  expect(refusal(changed)).toMatch(/older .* save it again\.$/);
});

it.each([
  ['another JSON document', '{"tasks":[]}'],
  ['another text', '<html>'],
  ['nothing', ''],
])('refuses %s', (_, text) => {
  expect(refusal([text])).toContain('bug.jsonl is not a snapshot');
});

it.each<[damage: string, pattern: RegExp, change: (line: string) => string[], message: string]>([
  ['a line that is cut off', /"tasks"/, (line) => [line.slice(0, -5)], 'it is not a JSON object'],
  [
    'a field of another type',
    /"tasks"/,
    (line) => [line.replace(/"priority":\d+/, '"priority":"high"')],
    'table tasks, row WT00000000000000000000000000000001: priority is not a number',
  ],
  ['a missing field', /"tasks"/, (line) => [line.replace(/"priority":\d+,/, '')], 'priority is missing'],
  [
    'attributes that are not JSON',
    /"tasks"/,
    (line) => [line.replace('"attributes":"{', '"attributes":"(')],
    'attributes are not JSON',
  ],
  [
    'a row that is not an object',
    /"tasks"/,
    () => ['{"table":"tasks","row":null}'],
    'table tasks, row undefined',
  ],
  ['an unknown table', /"tasks"/, (line) => [line.replace('"tasks"', '"jobs"')], 'there is no such table'],
  ['a row that is there twice', /"workers"/, (line) => [line, line], 'table workers has another row WK'],
  [
    'an event with a missing field',
    /"event"/,
    (line) => [line.replace('"description"', '"text"')],
    'description is missing',
  ],
  ['an event that is there twice', /"event"/, (line) => [line, line], 'is there twice or not in order'],
  ['an event that is not an object', /"event"/, () => ['{"event":7}'], 'event undefined: sid is missing'],
  ['another line', /"event"/, (line) => ['{"note":1}', line], 'it is neither a row nor an event'],
])('refuses %s, and names the line', (damage, pattern, change, message) => {
  const { changed, number } = withLine(pattern, change);
  const place = damage.endsWith('twice') ? number + 1 : number;
  expect(refusal(changed)).toContain(`bug.jsonl is damaged (line ${place}: `);
  expect(refusal(changed)).toContain(message);
});

it('refuses a file without its end, and one with lines missing', () => {
  expect(refusal(lines.slice(0, -3))).toContain('the file ends here');
  expect(refusal(withLine(/"workers"/, () => []).changed)).toContain(
    'table workers was saved with 2 rows, and has 1 here',
  );
  expect(refusal(withLine(/"event"/, () => []).changed)).toMatch(/\d events were saved, and \d are here/);
  expect(refusal([...lines, '{}'])).toContain('there is more after the end');
});

it('refuses rows that contradict each other, or that the engine cannot use', () => {
  const dangling = withLine(/"table":"tasks"/, (line) => [
    line.replace(/"workflowSid":"WW0/, '"workflowSid":"WW9'),
  ]);
  expect(refusal(dangling.changed)).toContain('which is not in table workflows');
  const unusable = withLine(/"taskQueues"/, (line) => [line.replace('languages HAS', 'languages HAS HAS')]);
  expect(refusal(unusable.changed)).toMatch(/table taskQueues, row WQ0+1: .*HAS/);
});
