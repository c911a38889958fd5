import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Badge, type Light } from '../design/components/badge';
import { ClockTime } from '../design/components/clock-time';
import type { Activity, LifecycleEvent, TaskStatus } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { stagesReached } from '../lifecycle/stages';
import { taskActions } from '../lifecycle/task-actions';
import { taskSentence } from '../lifecycle/task-sentence';
import type { TaskView } from '../lifecycle/task-views';
import { ActionButton } from './action-button';
import { AttributeList } from './attribute-list';
import { StageProgress } from './stage-progress';
import { TaskDetails } from './task-details';

export interface TaskCardProps {
  readonly view: TaskView;
  readonly afterReject: Activity | undefined;
  readonly act: RunAction;
  readonly events: readonly LifecycleEvent[] | undefined;
  readonly lookInto: (taskSid: string) => () => void;
}

const light: Readonly<Partial<Record<TaskStatus, Light>>> = {
  pending: 'waits',
  reserved: 'waits',
  assigned: 'live',
  wrapping: 'live',
};

export function TaskCard({ view, afterReject, act, events, lookInto }: TaskCardProps) {
  const { task, reservations } = view;
  const [isOpen, setOpen] = useState(false);
  const actions = taskActions(view, afterReject);
  const { card, keepFocus } = useKeptFocus();
  const actHere: RunAction = (name, parameters) => {
    keepFocus();
    return act(name, parameters);
  };
  return (
    <li
      ref={card}
      id={task.task_sid}
      tabIndex={-1}
      class="task"
      data-task-sid={task.task_sid}
      data-status={task.assignment_status}
    >
      <div class="row">
        <AttributeList attributes={task.attributes} />
        <Badge light={light[task.assignment_status] ?? 'off'} text={task.assignment_status} />
      </div>
      <div class="standing">
        <StageProgress reached={stagesReached(task, reservations)} />
        <p class="sentence">{taskSentence(view)}</p>
      </div>
      <div class="foot">
        <p class="facts">
          <code class="sid">{task.task_sid}</code>
          <br />
          created <ClockTime iso={task.date_created} />, priority {task.priority}
        </p>
        <div class="actions">
          {actions.map((action) => (
            <ActionButton key={`${action.label} ${action.name}`} {...action} act={actHere} />
          ))}
          <button type="button" class="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Close' : 'Timeline'}
            <span class="spoken"> of task {task.task_sid.slice(-4)}</span>
          </button>
        </div>
      </div>
      {isOpen && <TaskDetails task={task} calls={actions} events={events} lookInto={lookInto} />}
    </li>
  );
}

/** A button that was used may be gone in the next state: the card then takes the focus, so that Tab goes on there. */
function useKeptFocus() {
  const card = useRef<HTMLLIElement>(null);
  const used = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!used.current || used.current.isConnected) return;
    used.current = null;
    if (document.activeElement === document.body) card.current?.focus({ preventScroll: true });
  });
  const keepFocus = () => {
    used.current = document.activeElement;
  };
  return { card, keepFocus };
}
