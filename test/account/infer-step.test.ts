import { inferStep, type MatchedFilter, type PlacedTask } from '../../src/account/infer-step';
import { scopeOf } from '../../src/language/expression';
import { parseWorkflowConfiguration } from '../../src/taskrouter/engine/rules/workflow-configuration';

const created = 1_700_000_000_000;

/** A Spanish task with priority 0 that is in the queue A since its creation. */
const inA: PlacedTask = {
  taskQueueSid: 'A',
  priority: 0,
  dateCreated: created,
  taskQueueEnteredDate: created,
};

function infer(routing: object, task: Partial<PlacedTask> = {}, matched?: MatchedFilter, isPresent = true) {
  const configuration = parseWorkflowConfiguration(JSON.stringify({ task_routing: routing }));
  const scope = scopeOf({ language: 'es' });
  return inferStep(configuration, 'WW1', { ...inA, ...task }, scope, isPresent, matched);
}

const filter = (language: string, ...targets: object[]) => ({
  expression: `language == "${language}"`,
  targets,
});

it('is certain of the only target that names the queue', () => {
  const routing = { filters: [filter('es', { queue: 'B', timeout: 5 }, { queue: 'A', timeout: 30 })] };
  expect(infer(routing, { taskQueueEnteredDate: created + 5000 })).toEqual({
    step: {
      kind: 'workflow',
      versionSid: 'WW1',
      filter: 0,
      target: 1,
      enteredAt: created + 5000,
      timeoutFrom: created + 5000,
      expiresAt: created + 35_000,
      timedOut: false,
    },
    isPresentVersion: true,
    isCertain: true,
    isSame: true,
  });
});

it('is not certain when the workflow may have changed since', () => {
  expect(infer({ default_filter: { queue: 'A' } }, {}, undefined, false)).toMatchObject({
    isCertain: false,
    isSame: false,
  });
});

it('prefers the filter that matches the attributes', () => {
  const routing = { filters: [filter('en', { queue: 'A' }), filter('es', { queue: 'A' })] };
  expect(infer(routing)).toMatchObject({ step: { filter: 1, target: 0 }, isCertain: false, isSame: true });
});

it('prefers the target with the priority of the task', () => {
  const routing = { filters: [filter('es', { queue: 'A', priority: 1 }, { queue: 'A', priority: 9 })] };
  expect(infer(routing, { priority: 9 })).toMatchObject({ step: { target: 1 } });
});

it('prefers the target that the task has reached by now', () => {
  const targets = [
    { queue: 'A', timeout: 10 },
    { queue: 'A', timeout: 20, expression: 'worker.level > 1' },
    { queue: 'A' },
  ];
  const at = (seconds: number) =>
    infer({ filters: [filter('es', ...targets)] }, { taskQueueEnteredDate: created + seconds * 1000 });
  expect([0, 10, 30, 31].map((seconds) => at(seconds)?.step)).toEqual(
    [0, 1, 2, 2].map((target) => expect.objectContaining({ target })),
  );
  expect(at(0)).toMatchObject({ isCertain: false, isSame: false });
});

it('follows the events rather than anything else', () => {
  const routing = {
    filters: [
      filter('es', { queue: 'A' }),
      filter('en', { queue: 'A', timeout: 60, priority: 3 }, { queue: 'A' }),
    ],
    default_filter: { queue: 'A' },
  };
  const english = { expression: 'language == "en"', date: created + 7, targets: 2 };
  expect(infer(routing, {}, english)).toMatchObject({
    step: { filter: 1, target: 1, enteredAt: created + 7 },
    isCertain: false,
  });
  expect(infer(routing, {}, { ...english, expression: '1==1', targets: 1 })).toMatchObject({
    step: { filter: 'default', target: 0 },
    isCertain: true,
  });
});

it('finds nothing when the workflow does not name the queue', () => {
  expect(infer({ filters: [filter('es', { queue: 'B' })] })).toBeNull();
});
