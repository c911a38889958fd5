import { DateTime } from './date-time';
import type { Clause, ExplainedFilter, WorkflowPosition } from './explanation';
import { aheadText, clauseValueText, listedClauses, positionText } from './explanation-text';
import { LongList } from './long-list';
import { Sign } from './sign';

interface WorkflowExplanationProps {
  readonly workflow: WorkflowPosition;
  /** Whether the task waits for a worker, or for a worker to accept it. */
  readonly isWaiting: boolean;
  /** How many tasks are ahead; null if it is no longer in line. */
  readonly ahead: number | null;
}

/** Where a task is in its workflow, and how each filter came out for it. */
export function WorkflowExplanation({ workflow, isWaiting, ahead }: WorkflowExplanationProps) {
  const { queue, filters, entered_at, next_deadline } = workflow;
  return (
    <div>
      <h4 class="label">Workflow</h4>
      <p>
        {positionText(workflow)}, queue “{queue}”
        {isWaiting && (
          <>
            {ahead !== null && `, ${aheadText(ahead)}`}, since <DateTime iso={entered_at} /> until{' '}
            <DateTime iso={next_deadline} />
          </>
        )}
      </p>
      <LongList entries={filters} name="filters">
        {(filter, index) => <Filter key={index} filter={filter} isCurrent={index === workflow.filter} />}
      </LongList>
    </div>
  );
}

function Filter({ filter, isCurrent }: { readonly filter: ExplainedFilter; readonly isCurrent: boolean }) {
  const { name, expression, matches, clauses } = filter;
  const [only] = clauses.length === 1 ? clauses : [];
  return (
    <li aria-current={isCurrent ? 'step' : undefined}>
      <MatchSign matches={matches} />
      <b>{name ?? 'Filter'}</b>
      <div>
        <code>{expression}</code>
        {only && <ClauseValue clause={only} />}
        {listedClauses(filter).map((clause, index) => (
          <p key={index} class="clause">
            <MatchSign matches={clause.matches} />
            <span>
              <code>{clause.text}</code>
              <ClauseValue clause={clause} />
            </span>
          </p>
        ))}
      </div>
    </li>
  );
}

const MatchSign = ({ matches }: { readonly matches: boolean }) => (
  <Sign isTrue={matches} text={matches ? 'Matches' : 'Does not match'} />
);

const ClauseValue = ({ clause }: { readonly clause: Clause }) => (
  <span class="faint"> {clauseValueText(clause)}</span>
);
