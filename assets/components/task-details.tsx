import { useEffect } from 'preact/hooks';
import { ClockTime } from '../design/components/clock-time';
import { JsonView } from '../design/components/json-view';
import type { LifecycleEvent, Task, TaskAlert } from '../lifecycle/lifecycle-response';
import { taskTimeline } from '../lifecycle/task-timeline';
import { CopyAsCodeList, type LabeledRequest } from './copy-as-code';

interface TaskDetailsProps {
  readonly task: Task;
  readonly alerts: readonly TaskAlert[];
  readonly requests: readonly LabeledRequest[];
  /** Undefined while they are loading. */
  readonly events: readonly LifecycleEvent[] | undefined;
  /** @returns a function that ends this */
  readonly watchTask: (taskSid: string) => () => void;
}

/** The timeline of a task, its attributes, and its actions as code. */
export function TaskDetails({ task, alerts, requests, events, watchTask }: TaskDetailsProps) {
  useEffect(() => watchTask(task.task_sid), [task.task_sid, watchTask]);
  return (
    <div class="task-details">
      <div>
        <h4 class="label">Timeline</h4>
        <Timeline events={events} alerts={alerts} />
      </div>
      <div>
        <h4 class="label">Attributes</h4>
        {task.attributes ? <JsonView value={task.attributes} /> : <p class="faint">Unreadable</p>}
        {requests.length > 0 && <h4 class="label">Copy as</h4>}
        <CopyAsCodeList requests={requests} />
      </div>
    </div>
  );
}

function Timeline({ events, alerts }: Pick<TaskDetailsProps, 'events' | 'alerts'>) {
  if (!events) return <p class="faint">Loading …</p>;
  if (events.length === 0) return <p class="faint">No events: TaskRouter keeps them for 30 days.</p>;
  return (
    <ol class="timeline">
      {taskTimeline(events, alerts).map(({ key, type, iso, text, tone }) => (
        <li key={key} data-tone={tone} title={type}>
          <ClockTime iso={iso} />
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
