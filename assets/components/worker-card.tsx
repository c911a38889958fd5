import type { Activity, Worker } from '../lifecycle/lifecycle-answer';
import type { Act } from '../lifecycle/lifecycle-session';
import { ActionButton } from './action-button';
import { AttributeList } from './attribute-list';

export interface WorkerCardProps {
  readonly worker: Worker;
  readonly activities: readonly Activity[];
  readonly act: Act;
}

export function WorkerCard({ worker, activities, act }: WorkerCardProps) {
  const { worker_sid, worker_name, activity_sid, activity_name, available } = worker;
  return (
    <li class="worker" data-worker-sid={worker_sid} data-activity={activity_name}>
      <div class="row">
        <h3>{worker_name}</h3>
        <span class={available ? 'availability available' : 'availability'}>
          {available ? 'available' : 'not available'}
        </span>
      </div>
      <AttributeList attributes={worker.attributes} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form, and these are buttons */}
      <div class="choice" role="group" aria-label={`Activity of ${worker_name}`}>
        {activities.map((activity) => (
          <ActionButton
            key={activity.activity_sid}
            label={activity.activity_name}
            name="set-worker-activity"
            parameters={{ worker: worker_sid, activity: activity.activity_sid }}
            pressed={activity.activity_sid === activity_sid}
            act={act}
          />
        ))}
      </div>
    </li>
  );
}
