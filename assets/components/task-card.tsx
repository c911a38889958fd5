import { useLayoutEffect, useRef } from 'preact/hooks';
import { ClockTime } from '../design/components/clock-time';
import type { Activity } from '../lifecycle/lifecycle-answer';
import type { Act } from '../lifecycle/lifecycle-session';
import { stagesReached } from '../lifecycle/stages';
import { taskActions } from '../lifecycle/task-actions';
import { taskSentence } from '../lifecycle/task-sentence';
import type { TaskView } from '../lifecycle/task-views';
import { ActionButton } from './action-button';
import { AttributeList } from './attribute-list';
import { StageMeter } from './stage-meter';

export interface TaskCardProps {
  readonly view: TaskView;
  readonly afterReject: Activity | undefined;
  readonly act: Act;
}

export function TaskCard({ view, afterReject, act }: TaskCardProps) {
  const { task, reservations } = view;
  const actions = taskActions(view, afterReject);
  const { card, keepFocus } = useKeptFocus();
  const actHere: Act = (name, parameters) => {
    keepFocus();
    return act(name, parameters);
  };
  return (
    <li
      ref={card}
      tabIndex={-1}
      class="task"
      data-task-sid={task.task_sid}
      data-status={task.assignment_status}
    >
      <div class="row">
        <AttributeList attributes={task.attributes} />
        <span class="status">{task.assignment_status}</span>
      </div>
      <StageMeter reached={stagesReached(task, reservations)} />
      <p class="sentence">{taskSentence(view)}</p>
      <div class="foot">
        <p class="facts">
          <code>{task.task_sid}</code>
          <br />
          created <ClockTime iso={task.date_created} />, priority {task.priority}
        </p>
        <div class="actions">
          {actions.map((action) => (
            <ActionButton key={`${action.label} ${action.name}`} {...action} act={actHere} />
          ))}
        </div>
      </div>
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
