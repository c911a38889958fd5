import { type Clause, compileClauses } from '../../language/clauses';
import type { Scope } from '../../language/expression';
import type { RoutingView } from '../engine/state/routing-view';
import type { View } from '../engine/state/view';
import type { Activity, TableName, Tables, Task } from '../model/entities';

/** What explanations read: the rows, and the predicates that route. */
export interface ExplainedState {
  readonly view: View;
  readonly routing: RoutingView;
  /** Unix milliseconds. */
  readonly now: number;
}

/** The clauses of expressions, each read once for all workers of an explanation. */
export class ExpressionClauses {
  private readonly compiled = new Map<string, (scope: Scope) => Clause[]>();

  of(source: string, scope: Scope): Clause[] {
    let clauses = this.compiled.get(source);
    if (!clauses) {
      clauses = compileClauses(source);
      this.compiled.set(source, clauses);
    }
    return clauses(scope);
  }
}

/** A row that another row refers to. @throws Error if it does not exist */
export function rowOf<Name extends TableName>(
  { view }: ExplainedState,
  table: Name,
  sid: string,
): Tables[Name] {
  const row = view.find(table, sid);
  if (!row) throw new Error(`${table} has no ${sid}, but another row refers to it`);
  return row;
}

export const queueName = (state: ExplainedState, { taskQueueSid }: Task): string =>
  JSON.stringify(state.view.find('taskQueues', taskQueueSid)?.friendlyName ?? taskQueueSid);

/** The first activity of the workspace that is available; undefined if there is none. */
export function availableActivity(
  { view }: Pick<ExplainedState, 'view'>,
  workspaceSid: string,
): Activity | undefined {
  return [...view.all('activities', workspaceSid)].find(({ available }) => available);
}
