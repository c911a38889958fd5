import { useEffect } from 'preact/hooks';
import { ClockTime } from '../design/components/clock-time';
import { JsonView } from '../design/components/json-view';
import type { LifecycleEvent, Task } from '../lifecycle/lifecycle-response';
import { taskTimeline } from '../lifecycle/task-timeline';
import { CopyAsCodeList, type LabeledRequest } from './copy-as-code';

export interface TaskDetailsProps {
  readonly task: Task;
  readonly calls: readonly LabeledRequest[];
  /** Undefined while they are read. */
  readonly events: readonly LifecycleEvent[] | undefined;
  /** @returns what ends it */
  readonly lookInto: (taskSid: string) => () => void;
}

/** What happened to a task, when, who was asked and what was answered; its attributes; its buttons as code. */
export function TaskDetails({ task, calls, events, lookInto }: TaskDetailsProps) {
  useEffect(() => lookInto(task.task_sid), [task.task_sid, lookInto]);
  return (
    <div class="task-details">
      <div>
        <h4 class="label">What happened</h4>
        <Timeline events={events} />
      </div>
      <div>
        <h4 class="label">Attributes</h4>
        {task.attributes ? <JsonView value={task.attributes} /> : <p class="faint">Unreadable</p>}
        {calls.length > 0 && <h4 class="label">Copy as</h4>}
        <CopyAsCodeList calls={calls} />
      </div>
    </div>
  );
}

function Timeline({ events }: { readonly events: readonly LifecycleEvent[] | undefined }) {
  if (!events) return <p class="faint">Reading …</p>;
  if (events.length === 0)
    return <p class="faint">Its events are gone: TaskRouter keeps them for 30 days.</p>;
  return (
    <ol class="timeline">
      {taskTimeline(events).map(({ key, type, iso, words, light }) => (
        <li key={key} data-light={light} title={type}>
          <ClockTime iso={iso} />
          <span>{words}</span>
        </li>
      ))}
    </ol>
  );
}
