import { useId, useState } from 'preact/hooks';
import { AttributeList } from '../../components/attribute-list';
import { Badge } from '../../design/components/badge';
import { useBusy } from '../../design/components/use-busy';
import { activityAfterReject } from '../../lifecycle/task-actions';
import type { AgentSession } from '../agent-session';
import type { AgentView } from '../agent-view';
import { actionsOf, type ReservationAction } from '../reservation-actions';
import { isOffer, type ReservationView, taskText } from '../reservation-view';
import { TimeLeft } from './time-left';

interface ReservationCardProps {
  readonly reservation: ReservationView;
  readonly agent: AgentView;
  readonly act: AgentSession['act'];
}

/** An offer with the time left, or a task that the worker has accepted. */
export function ReservationCard({ reservation, agent, act }: ReservationCardProps) {
  const { sid, status, queue, channel, priority, taskSid, error } = reservation;
  const isPending = isOffer(reservation);
  return (
    <li
      class="task reservation"
      tabIndex={-1}
      aria-label={`${isPending ? 'Offer' : 'Task'}: ${taskText(reservation)}`}
      data-reservation-sid={sid}
      data-status={status}
    >
      <div class="row">
        <AttributeList attributes={reservation.attributes} />
        <Badge tone={isPending ? 'waiting' : 'ok'} text={status} />
      </div>
      <p class="metadata">
        {queue}, {channel}, priority {priority}
        <br />
        <code class="sid">{taskSid}</code>
      </p>
      {isPending && <TimeLeft reservation={reservation} />}
      {error && (
        <p class="notice is-error" role="alert">
          {error}
        </p>
      )}
      <Actions reservation={reservation} agent={agent} act={act} />
    </li>
  );
}

function Actions({ reservation, agent, act }: ReservationCardProps) {
  const stay = '';
  // Our choice, as on the lifecycle page: an available worker would be offered the same task again at once.
  const usual = activityAfterReject(agent.activities)?.activity_sid ?? stay;
  const [activitySid, setActivitySid] = useState(usual);
  const [isBusy, run] = useBusy();
  const id = useId();
  const perform = (action: ReservationAction) =>
    run(() => act(reservation.sid, action, action === 'reject' && activitySid ? activitySid : undefined));
  return (
    <div class="actions">
      {actionsOf(reservation.status).map(({ action, label, primary }) => (
        <button
          key={action}
          type="button"
          class={primary ? 'primary' : undefined}
          aria-disabled={isBusy}
          onClick={() => perform(action)}
        >
          {label}
          <span class="visually-hidden"> {taskText(reservation)}</span>
        </button>
      ))}
      {isOffer(reservation) && (
        <span class="after-reject">
          <label for={id}>
            then<span class="visually-hidden">: activity after rejecting</span>
          </label>
          <select
            id={id}
            value={activitySid}
            onChange={({ currentTarget }) => setActivitySid(currentTarget.value)}
          >
            <option value={stay}>stay as I am</option>
            {agent.activities.map(({ activity_sid, activity_name }) => (
              <option key={activity_sid} value={activity_sid}>
                go {activity_name}
              </option>
            ))}
          </select>
        </span>
      )}
    </div>
  );
}
