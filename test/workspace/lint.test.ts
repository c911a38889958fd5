import { lintFile, lintNotes } from '../../src/workspace/file/lint';
import { tutorial } from './tutorial';

const withSpanishQueue = (targetWorkers: string) => {
  const [spanishQueue, ...others] = tutorial().taskQueues;
  if (!spanishQueue) throw new Error('the tutorial has queues');
  return tutorial({ taskQueues: [{ ...spanishQueue, targetWorkers }, ...others] });
};
const codes = (targetWorkers: string) =>
  lintFile(withSpanishQueue(targetWorkers))
    .filter(({ place }) => place.startsWith('/taskQueues'))
    .map(({ code }) => code);

it('does not take a quote in a referenced name for the end of a text', () => {
  expect(codes(`sid == "\${worker:Al "the" ice}" AND languages HAS "es"`)).toEqual([]);
});

it('counts columns as in the file, also after a reference', () => {
  const expression = `sid == "\${worker:Al}" ;`;
  const [finding] = lintFile(withSpanishQueue(expression));
  expect(finding?.message).toContain(`column ${expression.indexOf(';') + 1} `);
});

it('is summed up in one line, which says how to read more', () => {
  expect(lintNotes(withSpanishQueue('langauges HAS "es"'))).toEqual([
    'The workspace file has 2 problems for routing. For details, run npx taskrouter lint.',
  ]);
  expect(lintNotes(tutorial())).toEqual([]);
});
