import type { AlertEntry } from '../data/entries';
import { DetailHead } from './detail-head';
import type { DetailProps } from './entry-detail';
import { FactTable } from './fact-table';

/** What Twilio's debugger would show, and what to do about it. */
export function AlertDetail({ entry, ...props }: DetailProps & { readonly entry: AlertEntry }) {
  const cause = props.entries.find(
    (one) => one.id === entry.callback_id || (one.type === 'request' && one.alert_id === entry.id),
  );
  return (
    <>
      <DetailHead entry={entry} title={`${entry.code}: ${entry.detail}`} result={entry.level} {...props}>
        {cause && (
          <button type="button" class="primary" onClick={() => props.show(cause.id)}>
            Show the {cause.type} it came from
          </button>
        )}
      </DetailHead>
      <div class="notice ill">
        <p>{entry.remedy}</p>
      </div>
      <FactTable
        caption="About the alert"
        facts={[
          ['Noticed by', noticedBy[entry.source] ?? entry.source],
          ...(entry.task_sid ? [['Task', entry.task_sid] as const] : []),
          ...(entry.worker_sid ? [['Worker', entry.worker_sid] as const] : []),
        ]}
      />
      <p>
        <a href={entry.more_info} target="_blank" rel="noreferrer">
          {entry.code} in Twilio’s documentation
        </a>
      </p>
    </>
  );
}

const noticedBy: Readonly<Record<string, string>> = {
  engine: 'the routing rules',
  callback: 'a callback',
  api: 'the REST API',
};
