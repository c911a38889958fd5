import { useState } from 'preact/hooks';
import { agentPageOf } from '../design/agent-page-of';
import type { ExplanationState } from '../explanation/explanation';
import { useWhy, WhyButton } from '../explanation/why';
import type { Activity, Worker } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import type { WorkerLoad } from '../lifecycle/worker-load';
import { ActionButton } from './action-button';
import { AttributeList } from './attribute-list';
import { CopyAsCodeList } from './copy-as-code';
import { TaskLink } from './task-link';
import { type ExplanationProps, WhyPanel } from './why-panel';

interface WorkerCardProps extends ExplanationProps {
  readonly worker: Worker;
  readonly activities: readonly Activity[];
  readonly load: WorkerLoad;
  readonly explanation: ExplanationState;
  readonly runAction: RunAction;
}

export function WorkerCard(props: WorkerCardProps) {
  const { worker, activities, load, runAction } = props;
  const { worker_sid, worker_name, activity_sid, activity_name, available } = worker;
  const [isOpen, setOpen] = useState(false);
  const why = useWhy();
  const requests = activities.map((activity) => ({
    label: activity.activity_name,
    name: 'set-worker-activity' as const,
    parameters: { worker: worker_sid, activity: activity.activity_sid },
    pressed: activity.activity_sid === activity_sid,
  }));
  return (
    <li class="worker" data-worker-sid={worker_sid} data-activity={activity_name}>
      <div class="row">
        <h3>{worker_name}</h3>
        <span class="indicator" data-tone={available ? 'ok' : 'off'}>
          {available ? 'available' : 'not available'}
        </span>
      </div>
      <AttributeList attributes={worker.attributes} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons */}
      <div class="choice" role="group" aria-label={`Activity of ${worker_name}`}>
        {requests.map((request) => (
          <ActionButton key={request.parameters.activity} {...request} runAction={runAction} />
        ))}
      </div>
      <div class="row">
        <CurrentWork load={load} />
        <span class="worker-buttons">
          <button type="button" class="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Close' : 'Code'}
            <span class="visually-hidden"> for the activities of {worker_name}</span>
          </button>
          <WhyButton why={why} subject={worker_name} />
          <AgentLink name={worker_name} />
        </span>
      </div>
      {why.isOpen && (
        <WhyPanel
          why={why}
          subject={worker_name}
          sid={worker_sid}
          state={props.explanation}
          canExplain={props.canExplain}
          watchExplanation={props.watchExplanation}
        />
      )}
      {isOpen && <p class="label">Copy as</p>}
      {isOpen && <CopyAsCodeList requests={requests} />}
    </li>
  );
}

function AgentLink({ name }: { readonly name: string }) {
  return (
    <a class="agent-link" href={agentPageOf(name)} target="_blank" rel="noopener">
      Agent page<span class="visually-hidden"> of {name}</span>
    </a>
  );
}

/** The tasks of a worker and the capacity that they use. */
function CurrentWork({ load: { tasks, capacityInUse } }: { readonly load: WorkerLoad }) {
  if (tasks.length === 0) return <p class="current-work faint">No current task</p>;
  return (
    <p class="current-work">
      {tasks.map(({ task_sid, text }) => (
        <span key={task_sid}>
          {text} <TaskLink taskSid={task_sid} />
          {'; '}
        </span>
      ))}
      <span class="faint">
        capacity in use: {[...capacityInUse].map(([channel, units]) => `${channel} ${units}`).join(', ')}
      </span>
    </p>
  );
}
