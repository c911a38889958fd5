import { useMemo, useState } from 'preact/hooks';
import { noTasksYet } from '../lifecycle/empty-states';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { activityAfterReject } from '../lifecycle/task-actions';
import { isOpen, taskViews } from '../lifecycle/task-views';
import type { Timelines } from '../lifecycle/timeline-loader';
import { TaskCard, type TaskCardProps } from './task-card';

export interface TaskListProps {
  readonly lifecycle: LifecycleResponse;
  readonly timelines: Timelines;
  readonly act: RunAction;
  readonly lookInto: (taskSid: string) => () => void;
}

/** As many tasks as `/lifecycle` reads in one call; beyond them it says nothing. */
const largestPage = 1000;

export function TaskList({ lifecycle, timelines, act, lookInto }: TaskListProps) {
  const [onlyOpen, setOnlyOpen] = useState(false);
  const all = taskViews(lifecycle);
  const open = all.filter(isOpen);
  const views = onlyOpen ? open : all;
  const afterReject = activityAfterReject(lifecycle.activities);
  return (
    <section class="tasks-part" aria-labelledby="tasks">
      <div class="row tasks-head">
        <h2 id="tasks">Tasks</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form, and these are buttons */}
        <div class="choice" role="group" aria-label="Which tasks">
          <button type="button" aria-pressed={!onlyOpen} onClick={() => setOnlyOpen(false)}>
            All {all.length}
          </button>
          <button type="button" aria-pressed={onlyOpen} onClick={() => setOnlyOpen(true)}>
            Open {open.length}
          </button>
        </div>
      </div>
      {all.length === 0 && <p class="panel empty">{noTasksYet(lifecycle)}</p>}
      {all.length > 0 && views.length === 0 && <p class="panel empty">No task is open: all have ended.</p>}
      <ul class="tasks">
        {views.map((view) => (
          <UnchangedTaskCard
            key={view.task.task_sid}
            view={view}
            afterReject={afterReject}
            act={act}
            events={timelines.get(view.task.task_sid)}
            lookInto={lookInto}
          />
        ))}
      </ul>
      {all.length >= largestPage && (
        <p class="faint">
          The newest {largestPage} tasks are shown; older ones are in TaskRouter’s own list.
        </p>
      )}
    </section>
  );
}

/** Draws a card again only when what it shows has changed: a thousand of them come anew every second. */
function UnchangedTaskCard(props: TaskCardProps) {
  const { task, reservations } = props.view;
  const { age: _growsAllTheTime, ...shown } = task;
  const shownNow = JSON.stringify([shown, reservations]);
  // The view is new with each answer; what it says is not.
  return useMemo(
    () => <TaskCard {...props} />,
    [shownNow, props.events, props.afterReject?.activity_sid, props.act, props.lookInto],
  );
}
