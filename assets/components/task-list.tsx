import { noTasksYet } from '../lifecycle/empty-states';
import type { LifecycleAnswer } from '../lifecycle/lifecycle-answer';
import type { Act } from '../lifecycle/lifecycle-session';
import { activityAfterReject } from '../lifecycle/task-actions';
import { taskViews } from '../lifecycle/task-views';
import { TaskCard } from './task-card';

export interface TaskListProps {
  readonly lifecycle: LifecycleAnswer;
  readonly act: Act;
}

export function TaskList({ lifecycle, act }: TaskListProps) {
  const views = taskViews(lifecycle);
  const afterReject = activityAfterReject(lifecycle.activities);
  const hidden = lifecycle.tasks.length - views.length;
  return (
    <section class="panel tasks-panel" aria-labelledby="tasks">
      <h2 id="tasks">Tasks</h2>
      {views.length === 0 && <p class="panel empty">{noTasksYet(lifecycle)}</p>}
      <ul class="tasks">
        {views.map((view) => (
          <TaskCard key={view.task.task_sid} view={view} afterReject={afterReject} act={act} />
        ))}
      </ul>
      {hidden > 0 && (
        <p class="faint">{hidden} more tasks are not shown; finished ones are left out first.</p>
      )}
    </section>
  );
}
