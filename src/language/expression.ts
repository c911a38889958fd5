import {
  type Comparison,
  type Condition,
  constantOf,
  isConstant,
  type Operand,
  type Path,
} from './condition';
import { parseExpression } from './expression-syntax';
import { pathText } from './operand-text';
import { isScalar, operators } from './operators';
import { type Alternatives, type Resolve, requirementsOf } from './requirements';
import type { Span } from './span';

/** A compiled expression: a predicate over a document of attributes. */
export interface Expression {
  readonly source: string;
  /** The paths it reads, each once, in order of appearance, for example `worker.channel.voice.assigned_tasks`, `a.b[2].c`. */
  readonly references: readonly string[];
  /** The same paths in steps. */
  readonly paths: readonly Path[];
  /** How much there is to evaluate: comparisons, and attributes in lists. */
  readonly comparisons: number;
  /** Text that counts for nothing, because TaskRouter reads past it. */
  readonly ignored: readonly Span[];
  /** Never throws for JSON values. */
  evaluate(scope: Scope): boolean;
  /** What must hold of a document for the expression to be true, so that an index can find the expressions for a document. */
  requirements(resolve: Resolve): readonly Alternatives[];
}

/**
 * Returns the value of the first name of a reference, for example `languages` or `task`; undefined if there is none.
 * The rest of the path is followed here, through own properties only. A function, so that a caller can combine fields,
 * attributes, and counts without copying them. For the same reason, the value can be a scope itself.
 */
export type Scope = (name: string) => unknown;

type Reference = Extract<Operand, { kind: 'reference' }>;
type Read = (values: Values) => unknown;
type Predicate = (values: Values) => boolean;

/**
 * Compiles an expression into closures, once for many documents. Unknown names are allowed: like the service, which
 * accepts `level HAS "support"` for a number (it never matches), this checks the syntax alone.
 * @throws ExpressionSyntaxError if `source` is not an expression
 */
export function compileExpression(source: string): Expression {
  const { condition, ignored } = parseExpression(source);
  const { evaluate, paths, references, comparisons } = compile(condition);
  const requirements = (resolve: Resolve) => requirementsOf(condition, resolve);
  return { source, references, paths, comparisons, ignored, evaluate, requirements };
}

/** Compiles one condition of an expression. */
export const compileCondition = (condition: Condition) => compile(condition).evaluate;

function compile(condition: Condition) {
  const compiler = new Compiler();
  const predicate = compiler.condition(condition);
  const paths = [...compiler.references.values()].map(({ path }) => path);
  const evaluate =
    paths.length === 0 ? always(predicate(noValues)) : (scope: Scope) => predicate(new Values(paths, scope));
  return { evaluate, paths, references: [...compiler.references.keys()], comparisons: compiler.comparisons };
}

/** The scope of one JSON object whose attributes have no prefix, for example a task's in a filter. */
export function scopeOf(attributes: object): Scope {
  return (name) => member(attributes, name);
}

/** What the references of an expression stand for in one document, each looked up once. */
class Values {
  private readonly known: unknown[] = [];

  constructor(
    private readonly paths: readonly Path[],
    private readonly scope: Scope,
  ) {}

  at(index: number): unknown {
    let value = this.known[index];
    if (value === undefined) {
      value = valueAt(this.paths[index] as Path, this.scope);
      this.known[index] = value;
    }
    return value;
  }
}

const noValues = new Values([], () => undefined);

class Compiler {
  /** By their text, in order of appearance. */
  readonly references = new Map<string, { readonly index: number; readonly path: Path }>();
  comparisons = 0;

  condition(condition: Condition): Predicate {
    if (condition.kind === 'comparison') return this.comparison(condition);
    const terms = condition.terms.map((term) => this.condition(term));
    return untilOne(terms, condition.kind === 'or');
  }

  private comparison({ operator, left, right }: Comparison): Predicate {
    this.comparisons += 1;
    const compare = operators[operator];
    const readLeft = this.operand(left);
    if ((operator === 'IN' || operator === 'NOT IN') && right.kind === 'list' && isConstant(right)) {
      const elements = new Set(constantOf(right) as unknown[]);
      return isElement(readLeft, elements, operator === 'IN');
    }
    const readRight = this.operand(right);
    return (values) => compare(readLeft(values), readRight(values));
  }

  private operand(operand: Operand): Read {
    if (isConstant(operand)) return always(constantOf(operand));
    if (operand.kind === 'list') {
      this.comparisons += operand.items.length;
      const items = operand.items.map((item) => this.operand(item));
      return (values) => items.map((item) => item(values));
    }
    const index = this.indexOf((operand as Reference).path);
    return (values) => values.at(index);
  }

  private indexOf(path: Path): number {
    const text = pathText(path);
    const index = this.references.get(text)?.index ?? this.references.size;
    this.references.set(text, { index, path });
    return index;
  }
}

/** AND stops at the first false term, OR at the first true one. A loop, because a thousand terms must not fill the call stack. */
function untilOne(terms: readonly Predicate[], decisive: boolean): Predicate {
  return (values) => {
    for (const term of terms) if (term(values) === decisive) return decisive;
    return !decisive;
  };
}

/** A set, because a list can name thousands of values. */
function isElement(read: Read, elements: ReadonlySet<unknown>, expected: boolean): Predicate {
  return (values) => {
    const value = read(values);
    return isScalar(value) && elements.has(value) === expected;
  };
}

/** A missing key, an index out of range, and a path through a scalar are NULL. */
export function valueAt(path: Path, scope: Scope): unknown {
  let value = scope(path[0]);
  for (let at = 1; at < path.length; at += 1) value = member(value, path[at] as string | number);
  return value ?? null;
}

/** Names read objects and indexes read arrays: `length` of a list and `constructor` of anything are missing. */
export function member(value: unknown, step: string | number): unknown {
  if (typeof value === 'function') return typeof step === 'string' ? value(step) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) !== (typeof step === 'number') || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

function always<T>(value: T): () => T {
  return () => value;
}
