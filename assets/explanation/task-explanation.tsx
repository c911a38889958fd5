import type { TaskExplanation } from './explanation';
import { WorkerReasons } from './worker-reasons';
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
      {workers.length > 0 && <WorkerReasons title="Workers, nearest first" workers={workers} />}
    </>
  );
}
