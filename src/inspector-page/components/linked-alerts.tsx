import type { AlertEntry, Entry } from '../data/entries';
import type { DetailProps } from './entry-detail';

/** The alerts that an entry led to, each with what to do about it. */
export function LinkedAlerts({ entry, entries, show }: DetailProps & { readonly entry: Entry }) {
  const alerts = entries.filter((one): one is AlertEntry => one.type === 'alert' && isOf(one, entry));
  return (
    <>
      {alerts.map((alert) => (
        <div key={alert.id} class="notice ill">
          <p>
            <b>
              {alert.level} {alert.code}
            </b>{' '}
            {alert.detail}
          </p>
          <p>{alert.remedy}</p>
          <button type="button" onClick={() => show(alert.id)}>
            Show the alert
          </button>
        </div>
      ))}
    </>
  );
}

function isOf(alert: AlertEntry, entry: Entry): boolean {
  return entry.type === 'request' ? entry.alert_id === alert.id : alert.callback_id === entry.id;
}
