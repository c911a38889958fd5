import type { AlertEntry } from '../data/entries';
import { DetailHeader } from './detail-header';
import type { DetailProps } from './entry-detail';
import { KeyValueTable } from './key-value-table';

/** What Twilio's debugger would show, and what to do about it. */
export function AlertDetail({ entry, ...props }: DetailProps & { readonly entry: AlertEntry }) {
  const cause = props.entries.find(
    (one) => one.id === entry.callback_id || (one.type === 'request' && one.alert_id === entry.id),
  );
  return (
    <>
      <DetailHeader entry={entry} title={`${entry.code}: ${entry.detail}`} result={entry.level} {...props}>
        {cause && (
          <button type="button" class="primary" onClick={() => props.show(cause.id)}>
            Show the {cause.type} it came from
          </button>
        )}
      </DetailHeader>
      <div class="notice ill">
        <p>{entry.remedy}</p>
      </div>
      <KeyValueTable
        caption="About the alert"
        rows={[
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
