import type { Path } from '../../../language/condition';
import { compileExpression, type Expression, type Scope } from '../../../language/expression';
import { RequirementIndex } from '../../../language/requirement-index';
import type { Alternatives } from '../../../language/requirements';
import { inWorkerDocument } from '../rules/expression-scopes';

interface QueueExpression {
  readonly expression: Expression;
  /** The names of attributes and fields whose change can change the value of the expression. */
  readonly names: readonly string[];
}

/** Fewer queues than this are evaluated without asking first which of them the worker could be in. */
const few = 32;

/**
 * Index of the expressions of a workspace's queues: by what they require of a worker, and by the names that they read. At
 * the documented limit of 5,000 queues, evaluating all for one worker took 4 to 9 ms.
 */
export class QueueExpressions {
  private readonly expressions = new Map<string, QueueExpression>();
  private readonly byRequirement = new RequirementIndex<string>();
  private readonly byName = new Map<string, Set<string>>();

  /** @param source null for a queue that no worker is in */
  set(taskQueueSid: string, source: string | null): void {
    this.delete(taskQueueSid);
    if (!source) return;
    const expression = compileExpression(source);
    const names = namesIn(expression);
    this.expressions.set(taskQueueSid, { expression, names });
    this.byRequirement.add(taskQueueSid, expression.requirements(inWorkerDocument));
    for (const name of names) this.byName.set(name, (this.byName.get(name) ?? new Set()).add(taskQueueSid));
  }

  delete(taskQueueSid: string): void {
    for (const name of this.expressions.get(taskQueueSid)?.names ?? []) {
      const readers = this.byName.get(name);
      readers?.delete(taskQueueSid);
      if (readers?.size === 0) this.byName.delete(name);
    }
    this.byRequirement.delete(taskQueueSid);
    this.expressions.delete(taskQueueSid);
  }

  accepts(taskQueueSid: string, scope: Scope): boolean {
    return this.expressions.get(taskQueueSid)?.expression.evaluate(scope) ?? false;
  }

  /** What a worker must fulfill one of to be in the queue; undefined if that is not known. */
  alternativesOf(taskQueueSid: string): Alternatives | undefined {
    return this.byRequirement.alternativesOf(taskQueueSid);
  }

  /** Whether an expression asks for a value at this path. */
  requires(path: Path): boolean {
    return this.byRequirement.requires(path);
  }

  /** The queues that a worker with this document could be in. */
  candidates(document: object): string[] {
    return [...this.byRequirement.filedFor(document), ...this.byRequirement.unfiled];
  }

  isRead(names: readonly string[]): boolean {
    return names.some((name) => this.byName.has(name));
  }

  /**
   * The queues that a change of these names can let a worker into, or out of.
   * @param present the queues that the worker is in
   */
  affected(names: readonly string[], present: ReadonlySet<string>, document: object): Iterable<string> {
    const readers = names.flatMap((name) => this.byName.get(name) ?? []);
    if (readers.reduce((sum, { size }) => sum + size, 0) <= few) return union(readers);
    const possible = union([present, this.candidates(document)]);
    return [...possible].filter((sid) => readers.some((each) => each.has(sid)));
  }
}

/** `worker.level` reads `level`, or the attribute `worker`. */
function namesIn({ paths }: Expression): string[] {
  const names = paths.flatMap(([first, second]) =>
    first === 'worker' && typeof second === 'string' ? [first, second] : [first],
  );
  return [...new Set(names)];
}

function union<T>(sets: readonly Iterable<T>[]): Set<T> {
  const all = new Set<T>();
  for (const set of sets) for (const each of set) all.add(each);
  return all;
}
