import { useMemo, useState } from 'preact/hooks';
import type { Explanations } from '../lifecycle/explanation-loader';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { activityAfterReject } from '../lifecycle/task-actions';
import { knownWorkers, taskSentence } from '../lifecycle/task-sentence';
import { isOpen, taskViews } from '../lifecycle/task-views';
import type { Timelines } from '../lifecycle/timeline-loader';
import { byName } from '../lifecycle/worker-load';
import { TaskCard, type TaskCardProps } from './task-card';
import type { ExplanationProps } from './why-panel';

interface TaskListProps extends ExplanationProps {
  readonly lifecycle: LifecycleResponse;
  readonly timelines: Timelines;
  readonly explanations: Explanations;
  readonly runAction: RunAction;
  readonly watchTask: (taskSid: string) => () => void;
}

/** The most tasks that `/lifecycle` contains. */
const maxTasks = 1000;

export function TaskList({ lifecycle, timelines, explanations, ...props }: TaskListProps) {
  const [onlyOpen, setOnlyOpen] = useState(false);
  const all = taskViews(lifecycle);
  const open = all.filter(isOpen);
  const views = onlyOpen ? open : all;
  const workers = knownWorkers(lifecycle);
  const afterReject = activityAfterReject(lifecycle.activities);
  return (
    <section aria-labelledby="tasks">
      <div class="row tasks-header">
        <h2 id="tasks">Tasks</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons */}
        <div class="choice" role="group" aria-label="Which tasks">
          <button type="button" aria-pressed={!onlyOpen} onClick={() => setOnlyOpen(false)}>
            All {all.length}
          </button>
          <button type="button" aria-pressed={onlyOpen} onClick={() => setOnlyOpen(true)}>
            Open {open.length}
          </button>
        </div>
      </div>
      {all.length === 0 && <p class="panel empty">{noTasksText(lifecycle)}</p>}
      {all.length > 0 && views.length === 0 && <p class="panel empty">No open tasks.</p>}
      <ul class="tasks">
        {views.map((view) => (
          <UnchangedTaskCard
            key={view.task.task_sid}
            view={view}
            workers={workers}
            afterReject={afterReject}
            events={timelines.get(view.task.task_sid)}
            explanation={explanations.get(view.task.task_sid)}
            {...props}
          />
        ))}
      </ul>
      {all.length >= maxTasks && <p class="faint">Only the newest {maxTasks} tasks are shown.</p>}
    </section>
  );
}

/** Renders a card again only if its content has changed: there may be a thousand new views every second. */
function UnchangedTaskCard(props: TaskCardProps) {
  const { task, reservations, alerts } = props.view;
  const { age: _changesEverySecond, ...shown } = task;
  const { workers, events, explanation, canExplain, afterReject } = props;
  const shownNow = JSON.stringify([shown, reservations, alerts, taskSentence(props.view, workers)]);
  // The view is a new object with each response, even if nothing has changed.
  return useMemo(
    () => <TaskCard {...props} />,
    [shownNow, events, explanation, canExplain, afterReject?.activity_sid, props.runAction, props.watchTask],
  );
}

/** What to do if there are no tasks, with the names of this workspace. */
function noTasksText({ workers, activities }: LifecycleResponse): string {
  const [worker] = byName(workers);
  const available = activities.find((activity) => activity.available);
  if (!worker || !available) return 'No tasks yet. Create one to see it here.';
  return `No tasks yet. Create one, then set ${worker.worker_name} ${available.activity_name}.`;
}
