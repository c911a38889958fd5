import { useBusy } from '../../design/components/use-busy';
import type { Activity } from '../../lifecycle/lifecycle-response';
import { type AgentView, tasksByChannel } from '../agent-view';
import type { ReservationView } from '../reservation-view';

interface ActivityPanelProps {
  readonly agent: AgentView;
  readonly activityError: string | null;
  readonly setActivity: (sid: string) => Promise<void>;
}

interface SettingsProps {
  readonly agent: AgentView;
  readonly reservations: readonly ReservationView[];
  readonly hasAlerts: boolean;
  readonly alertText: string;
  readonly setAlerts: (isOn: boolean) => Promise<void>;
}

export function ActivityPanel({ agent, activityError, setActivity }: ActivityPanelProps) {
  return (
    <section class="panel activity" aria-labelledby="activity">
      <h2 id="activity">Activity</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons */}
      <div class="choice" role="group" aria-labelledby="activity">
        {agent.activities.map((activity) => (
          <ActivityButton
            key={activity.activity_sid}
            activity={activity}
            isCurrent={activity.activity_sid === agent.activity.activity_sid}
            setActivity={setActivity}
          />
        ))}
      </div>
      {activityError && (
        <p class="error-text" role="alert">
          {activityError}
        </p>
      )}
    </section>
  );
}

/** What needs no attention: capacity and alerts. */
export function Settings({ agent, reservations, hasAlerts, alertText, setAlerts }: SettingsProps) {
  return (
    <div class="column settings">
      <Capacity agent={agent} reservations={reservations} />
      <section class="panel" aria-labelledby="alerts">
        <h2 id="alerts">Alerts</h2>
        <label class="switch">
          <input
            type="checkbox"
            checked={hasAlerts}
            aria-describedby="alert-text"
            onChange={({ currentTarget }) => void setAlerts(currentTarget.checked)}
          />
          Alert me in the background
        </label>
        <p id="alert-text" class="faint hint">
          {alertText}
        </p>
      </section>
    </div>
  );
}

interface ActivityButtonProps {
  readonly activity: Activity;
  readonly isCurrent: boolean;
  readonly setActivity: (sid: string) => Promise<void>;
}

function ActivityButton({ activity, isCurrent, setActivity }: ActivityButtonProps) {
  const [isBusy, run] = useBusy();
  return (
    <button
      type="button"
      aria-pressed={isCurrent}
      aria-disabled={isBusy}
      title={activity.available ? 'Available for tasks' : 'Not available for tasks'}
      onClick={() => run(() => setActivity(activity.activity_sid))}
    >
      {activity.activity_name}
    </button>
  );
}

function Capacity({ agent, reservations }: Pick<SettingsProps, 'agent' | 'reservations'>) {
  const used = tasksByChannel(reservations);
  return (
    <section class="panel" aria-labelledby="capacity">
      <h2 id="capacity">Capacity</h2>
      <ul class="channels">
        {agent.channels.map(({ name, capacity, isAvailable }) => (
          <li key={name} data-channel={name}>
            <span>{name}</span>
            <progress aria-hidden="true" max={Math.max(capacity, 1)} value={used.get(name) ?? 0} />
            <span class="amount">
              {isAvailable ? `${used.get(name) ?? 0} of ${capacity}` : 'not available'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
