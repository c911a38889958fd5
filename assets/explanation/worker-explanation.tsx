import type { ComponentChild } from 'preact';
import type { WorkerExplanation } from './explanation';
import { ownReasons } from './explanation-text';
import { LongList } from './long-list';
import { Sign } from './sign';

interface WorkerExplanationDetailsProps {
  readonly explanation: WorkerExplanation;
  /** A link to a task of the page. */
  readonly taskLink: (taskSid: string) => ComponentChild;
}

/** What is behind the summary of a worker: the waiting tasks, and what keeps each of them from the worker. */
export function WorkerExplanationDetails({ explanation, taskLink }: WorkerExplanationDetailsProps) {
  const { worker_name, tasks } = explanation;
  if (tasks.length === 0) return <p class="faint">No task waits.</p>;
  return (
    <div>
      <h4 class="label">Waiting tasks, nearest first</h4>
      <LongList entries={tasks} name="tasks">
        {(task) => {
          const texts = ownReasons(explanation, task);
          const isFor = texts.length === 0;
          return (
            <li key={task.task_sid}>
              <Sign isTrue={isFor} text={isFor ? 'Suitable' : 'Not suitable'} />
              {taskLink(task.task_sid)}
              <div>{isFor ? `is for ${worker_name}` : texts.map((text) => <p key={text}>{text}</p>)}</div>
            </li>
          );
        }}
      </LongList>
    </div>
  );
}
