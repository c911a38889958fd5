import { useState } from 'preact/hooks';
import type { Activity, Worker } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import type { WorkerLoad } from '../lifecycle/worker-load';
import { ActionButton } from './action-button';
import { AttributeList } from './attribute-list';
import { CopyAsCodeList } from './copy-as-code';

export interface WorkerCardProps {
  readonly worker: Worker;
  readonly activities: readonly Activity[];
  readonly load: WorkerLoad;
  readonly act: RunAction;
}

export function WorkerCard({ worker, activities, load, act }: WorkerCardProps) {
  const { worker_sid, worker_name, activity_sid, activity_name, available } = worker;
  const [isOpen, setOpen] = useState(false);
  const calls = activities.map((activity) => ({
    label: activity.activity_name,
    name: 'set-worker-activity' as const,
    parameters: { worker: worker_sid, activity: activity.activity_sid },
    pressed: activity.activity_sid === activity_sid,
  }));
  return (
    <li class="worker" data-worker-sid={worker_sid} data-activity={activity_name}>
      <div class="row">
        <h3>{worker_name}</h3>
        <span class="lamp" data-light={available ? 'live' : 'off'}>
          {available ? 'available' : 'not available'}
        </span>
      </div>
      <AttributeList attributes={worker.attributes} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form, and these are buttons */}
      <div class="choice" role="group" aria-label={`Activity of ${worker_name}`}>
        {calls.map((call) => (
          <ActionButton key={call.parameters.activity} {...call} act={act} />
        ))}
      </div>
      <div class="row">
        <CurrentWork load={load} />
        <button type="button" class="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Close' : 'Code'}
          <span class="spoken"> of the activities of {worker_name}</span>
        </button>
      </div>
      {isOpen && <p class="label">Copy as</p>}
      {isOpen && <CopyAsCodeList calls={calls} />}
    </li>
  );
}

/** What of the worker's capacity is in use, and by which tasks. */
function CurrentWork({ load: { work, use } }: { readonly load: WorkerLoad }) {
  if (work.length === 0) return <p class="work faint">No task now</p>;
  return (
    <p class="work">
      {work.map(({ task_sid, words }) => (
        <span key={task_sid}>
          {words} <a href={`#${task_sid}`}>{task_sid.slice(-4)}</a>
          {'; '}
        </span>
      ))}
      <span class="faint">
        capacity in use: {[...use].map(([channel, units]) => `${channel} ${units}`).join(', ')}
      </span>
    </p>
  );
}
