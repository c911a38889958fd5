import { similarName } from '../../common/similar-name';
import { comparisonsOf, type Path, pathsOf } from '../../language/condition';
import { parseExpression } from '../../language/expression-syntax';
import type { Task } from '../model/entities';
import type { ExplainedState } from './explained-state';

/** Our choice: an explanation must not take long in a workflow with thousands of filters. */
const maxFilters = 100;

/**
 * The attribute that the task probably means by another name: a filter that the task did not match reads it, the task
 * does not have it, and has one with a similar name that no filter reads. Null if there is none.
 * @returns a sentence without its period
 */
export function misspelledAttribute({ routing }: ExplainedState, task: Task): string | null {
  const { step } = task;
  const filters = routing.configurationOf(task)?.filters.slice(0, maxFilters) ?? [];
  const passed =
    step.kind === 'workflow' && step.filter !== 'default' ? filters.slice(0, step.filter) : filters;
  const read = new Set(filters.flatMap(({ expression }) => attributesIn(expression.source)));
  const unread = Object.keys(task.attributes.value).filter((name) => !read.has(name));
  for (const { name, expression } of passed) {
    for (const attribute of attributesIn(expression.source)) {
      const meant = attribute in task.attributes.value ? undefined : similarName(attribute, unread);
      if (meant !== undefined)
        return `The filter ${name ?? expression.source} reads ${attribute}, which the task does not have. It has ${meant}`;
    }
  }
  return null;
}

/** The names of the attributes that an expression over tasks reads. */
function attributesIn(source: string): string[] {
  const operands = comparisonsOf(parseExpression(source).condition).flatMap(({ left, right }) => [
    left,
    right,
  ]);
  return operands.flatMap(pathsOf).map(attributeName);
}

/** `task.` is allowed in front: https://www.twilio.com/docs/taskrouter/expression-syntax */
const attributeName = ([first, second]: Path): string =>
  first === 'task' && typeof second === 'string' ? second : first;
