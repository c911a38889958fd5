import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { KnownWorkers } from '../../src/common/waiting-reason';
import { Badge, type Tone } from '../design/components/badge';
import { ClockTime } from '../design/components/clock-time';
import type { ExplanationState } from '../explanation/explanation';
import { useWhy, WhyButton } from '../explanation/why';
import type { Activity, LifecycleEvent, TaskAlert, TaskStatus } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { stagesReached } from '../lifecycle/stages';
import { taskActions } from '../lifecycle/task-actions';
import { taskSentence } from '../lifecycle/task-sentence';
import { isOpen as isUnfinished, type TaskView } from '../lifecycle/task-views';
import { ActionButton } from './action-button';
import { AttributeList } from './attribute-list';
import { StageProgress } from './stage-progress';
import { TaskDetails } from './task-details';
import { type ExplanationProps, WhyPanel } from './why-panel';

export interface TaskCardProps extends ExplanationProps {
  readonly view: TaskView;
  readonly workers: KnownWorkers | undefined;
  readonly afterReject: Activity | undefined;
  readonly runAction: RunAction;
  readonly events: readonly LifecycleEvent[] | undefined;
  readonly explanation: ExplanationState;
  readonly watchTask: (taskSid: string) => () => void;
}

const tones: Readonly<Partial<Record<TaskStatus, Tone>>> = {
  pending: 'waiting',
  reserved: 'waiting',
  assigned: 'ok',
  wrapping: 'ok',
};

export function TaskCard(props: TaskCardProps) {
  const { view, workers, afterReject, runAction, events, watchTask } = props;
  const { task, reservations, alerts } = view;
  const subject = `task ${task.task_sid.slice(-4)}`;
  // On a finished task, only the timeline shows what is over.
  const newestAlert = isUnfinished(view) ? alerts[0] : undefined;
  const [isOpen, setOpen] = useState(false);
  const why = useWhy();
  const actions = taskActions(view, afterReject);
  const { card, rememberFocus } = useFocusReturn();
  const runAndReturnFocus: RunAction = (name, parameters) => {
    rememberFocus();
    return runAction(name, parameters);
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
        <Badge tone={tones[task.assignment_status] ?? 'off'} text={task.assignment_status} />
      </div>
      <div>
        <StageProgress reached={stagesReached(task, reservations)} />
        <p class="task-status">{taskSentence(view, workers)}</p>
      </div>
      {newestAlert && <AlertNotice alert={newestAlert} />}
      <div class="task-footer">
        <p class="metadata">
          <code class="sid">{task.task_sid}</code>
          <br />
          created <ClockTime iso={task.date_created} />, priority {task.priority}
        </p>
        <div class="actions">
          {actions.map((action) => (
            <ActionButton key={`${action.label} ${action.name}`} {...action} runAction={runAndReturnFocus} />
          ))}
          <button type="button" class="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Close' : 'Timeline'}
            <span class="visually-hidden"> of {subject}</span>
          </button>
          <WhyButton why={why} subject={subject} />
        </div>
      </div>
      {why.isOpen && (
        <WhyPanel
          why={why}
          subject={subject}
          sid={task.task_sid}
          state={props.explanation}
          canExplain={props.canExplain}
          watchExplanation={props.watchExplanation}
        />
      )}
      {isOpen && (
        <TaskDetails task={task} alerts={alerts} requests={actions} events={events} watchTask={watchTask} />
      )}
    </li>
  );
}

/** An alert, as Twilio's debugger would show it, and how to fix its cause. */
function AlertNotice({ alert: { date, level, code, detail, remedy } }: { readonly alert: TaskAlert }) {
  return (
    <div class={level === 'error' ? 'notice is-error task-alert' : 'notice task-alert'} data-code={code}>
      <p>
        <ClockTime iso={date} />{' '}
        <b>
          {level} {code}
        </b>{' '}
        {detail}
      </p>
      <p>{remedy}</p>
    </div>
  );
}

/** The button that was used may disappear. The card then gets the focus, so that Tab continues from there. */
function useFocusReturn() {
  const card = useRef<HTMLLIElement>(null);
  const used = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!used.current || used.current.isConnected) return;
    used.current = null;
    if (document.activeElement === document.body) card.current?.focus({ preventScroll: true });
  });
  const rememberFocus = () => {
    used.current = document.activeElement;
  };
  return { card, rememberFocus };
}
