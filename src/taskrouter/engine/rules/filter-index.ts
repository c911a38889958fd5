import type { Path } from '../../../language/condition';
import type { Expression, Scope } from '../../../language/expression';
import { RequirementIndex } from '../../../language/requirement-index';
import type { Resolution } from '../../../language/requirements';

/** Fewer filters than this are evaluated one after the other. */
const few = 8;

/**
 * Index of a workflow's filters by what they require of a task, so that a task meets only the filters that could match
 * it. Evaluating a thousand filters took 0.1 ms for each task.
 */
export class FilterIndex {
  private readonly byRequirement: RequirementIndex<number> | null;

  constructor(private readonly filters: readonly { readonly expression: Expression }[]) {
    this.byRequirement = filters.length < few ? null : new RequirementIndex();
    for (const [index, { expression }] of filters.entries())
      this.byRequirement?.add(index, expression.requirements(inTask));
  }

  /** The index of the first filter, not before `from`, whose expression is true for the task; undefined if there is none. */
  first(attributes: object, scope: Scope, from: number): number | undefined {
    if (from >= this.filters.length) return undefined;
    return this.candidates(attributes).find(
      (index) => index >= from && this.filters[index]?.expression.evaluate(scope),
    );
  }

  private candidates(attributes: object): number[] {
    if (!this.byRequirement) return [...this.filters.keys()];
    const { unfiled } = this.byRequirement;
    return [...this.byRequirement.filedFor(attributes), ...unfiled].sort((left, right) => left - right);
  }
}

/** The time of day changes by itself: no index looks it up. */
const inTask = (path: Path): Resolution =>
  path[0] === 'taskrouter' && path.length > 1 ? undefined : { paths: [path] };
