import type { TaskExplanation, WorkerExplanation } from '../../assets/explanation/explanation';
import {
  aheadText,
  clauseValueText,
  furtherReasons,
  listedClauses,
  ownReasons,
  positionText,
  reasonCodes,
  reasonTexts,
} from '../../assets/explanation/explanation-text';
import { explainTask } from '../../src/taskrouter/explain/explain-task';
import { explainWorker } from '../../src/taskrouter/explain/explain-worker';
import {
  taskExplanationToJson,
  workerExplanationToJson,
} from '../../src/taskrouter/explain/explanation-json';
import { EngineBench } from '../support/engine-bench';
import { exampleSid } from '../support/twilio-runtime';

const bench = new EngineBench();
const taskSid = bench.addTask();
const state = { view: bench.engine.view, routing: bench.engine.routing, now: bench.now };
const ofTask: TaskExplanation = taskExplanationToJson(explainTask(state, bench.task(taskSid)));
const ofBob: WorkerExplanation = workerExplanationToJson(explainWorker(state, bench.worker(bench.bob)));

const away = { code: 'not_available', message: 'Alice is Offline, which is not available' } as const;
const full = { code: 'no_capacity', message: 'Alice has 1 of 1 tasks on the task channel chat' } as const;

it('does not repeat reasons that the summary contains', () => {
  expect(ofTask.reasons).toHaveLength(1);
  expect(furtherReasons(ofTask)).toEqual([]);
  expect(furtherReasons({ ...ofTask, reasons: [away, full] })).toEqual([full]);
});

it('names each code once', () => {
  expect(reasonCodes({ ...ofBob, reasons: [full, away, full] })).toEqual(['no_capacity', 'not_available']);
});

it('leaves out the name that a reason begins with, and no other', () => {
  const other = { code: 'known_worker_other', message: 'The task is for Bob only, not for Alice' } as const;
  expect(reasonTexts('Alice', [away, other])).toEqual(['is Offline, which is not available', other.message]);
  expect(reasonTexts('Ali', [away])).toEqual([away.message]);
});

it('shows for the tasks of a worker only what is not said of the worker already', () => {
  const [task] = ofBob.tasks;
  if (!task) throw new Error('Bob has no task.');
  expect(ownReasons(ofBob, task)).toEqual([
    'is not in the queue "Spanish": languages HAS "es" is false for ["en"]',
  ]);
  expect(ownReasons(ofBob, { task_sid: exampleSid('WT'), reasons: ofBob.reasons })).toEqual([]);
});

it('counts filters and targets from 1', () => {
  const { workflow } = ofTask;
  if (!workflow) throw new Error('The task is not in a workflow.');
  expect(positionText(workflow)).toBe('Filter 1, target 1');
  expect(positionText({ ...workflow, filter: 'default', target: 2 })).toBe('Default filter, target 3');
});

it('counts the tasks ahead', () => {
  expect([0, 1, 12].map(aheadText)).toEqual(['first in the queue', '1 task ahead', '12 tasks ahead']);
});

it.each([
  ['es', 'has "es"'],
  [['en', 'es'], 'has ["en","es"]'],
  [0, 'has 0'],
  [null, 'is missing'],
  ['x'.repeat(100), `has "${'x'.repeat(78)}…`],
])('shows the value %j of a clause', (value, text) => {
  expect(clauseValueText({ value })).toBe(text);
});

it('lists the clauses of a filter only if there are several', () => {
  const [filter] = ofTask.workflow?.filters ?? [];
  if (!filter) throw new Error('The workflow has no filter.');
  const [clause] = filter.clauses;
  expect(listedClauses(filter)).toEqual([]);
  const clauses = clause ? [clause, clause] : [];
  expect(listedClauses({ ...filter, clauses })).toHaveLength(2);
});
