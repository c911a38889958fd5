import type { TaskExplanation } from './explanation';
import { reasonTexts } from './explanation-text';
import { LongList } from './long-list';
import { Sign } from './sign';
import { WorkflowExplanation } from './workflow-explanation';

const waitingStatuses: readonly string[] = ['pending', 'reserved'];

/** What is behind the summary of a task: its workflow, and its workers with what each lacks. */
export function TaskExplanationDetails({ explanation }: { readonly explanation: TaskExplanation }) {
  const { assignment_status, workflow, workers, ahead } = explanation;
  const isWaiting = waitingStatuses.includes(assignment_status);
  const inLine = assignment_status === 'pending' ? ahead : null;
  return (
    <>
      {workflow && <WorkflowExplanation workflow={workflow} isWaiting={isWaiting} ahead={inLine} />}
      {!workflow && isWaiting && <p class="faint">It skips the filters of its workflow.</p>}
      {workers.length > 0 && <WorkerReasons workers={workers} />}
    </>
  );
}

/** Workers, and what keeps each of them from a task. */
export function WorkerReasons({ workers }: Pick<TaskExplanation, 'workers'>) {
  return (
    <div>
      <h4 class="label">Workers, nearest first</h4>
      <LongList entries={workers} name="workers">
        {({ worker_sid, worker_name, eligible, reasons }) => (
          <li key={worker_sid}>
            <Sign isTrue={eligible} text={eligible ? 'Eligible' : 'Not eligible'} />
            <b>{worker_name}</b>
            <div>
              {eligible
                ? 'can be offered the task'
                : reasonTexts(worker_name, reasons).map((text) => <p key={text}>{text}</p>)}
            </div>
          </li>
        )}
      </LongList>
    </div>
  );
}
