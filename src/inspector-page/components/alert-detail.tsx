import type { AlertEntry } from '../data/entries';
import { alertTitle } from '../data/entry-text';
import { DetailHeader } from './detail-header';
import type { DetailProps } from './detail-props';
import { KeyValueTable } from './key-value-table';

/** An alert, as in Twilio's debugger, and how to fix its cause. */
export function AlertDetail({ entry, ...props }: DetailProps & { readonly entry: AlertEntry }) {
  const cause = props.entries.find(
    (one) => one.id === entry.callback_id || (one.type === 'request' && one.alert_id === entry.id),
  );
  return (
    <>
      <DetailHeader entry={entry} title={alertTitle(entry)} result={entry.level} {...props}>
        {cause && (
          <button type="button" class="primary" onClick={() => props.show(cause.id)}>
            Show the {cause.type === 'callback' && cause.kind === 'voice' ? 'request' : cause.type}
          </button>
        )}
      </DetailHeader>
      <div class="notice is-error">
        <p>{entry.remedy}</p>
      </div>
      <KeyValueTable
        caption="Details of the alert"
        rows={[
          ['Source', sources[entry.source] ?? entry.source],
          ...(entry.task_sid ? [['Task', entry.task_sid] as const] : []),
          ...(entry.worker_sid ? [['Worker', entry.worker_sid] as const] : []),
        ]}
      />
      {entry.more_info && (
        <p>
          <a href={entry.more_info} target="_blank" rel="noreferrer">
            {entry.code} in Twilio’s documentation
          </a>
        </p>
      )}
    </>
  );
}

const sources: Readonly<Record<string, string>> = {
  engine: 'routing',
  callback: 'callback',
  lint: 'workspace file',
  doctor: 'state at the start',
  api: 'REST API',
  function: 'Function',
  call: 'simulated call',
};
