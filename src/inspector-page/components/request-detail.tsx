import { CopyButton } from '../../../assets/design/components/copy-button';
import { JsonView } from '../../../assets/design/components/json-view';
import { requestAsCurl } from '../data/copy-as-curl';
import type { AlertEntry, RequestEntry } from '../data/entries';
import { milliseconds } from '../data/words';
import { AlertNotice } from './alert-notice';
import { DetailHead } from './detail-head';
import type { DetailProps } from './entry-detail';
import { FactTable } from './fact-table';
import { JsonText } from './json-text';
import { Part } from './part';

/** A request to the REST API, and its answer. */
export function RequestDetail({ entry, ...props }: DetailProps & { readonly entry: RequestEntry }) {
  const { method, path, operation, status, duration_ms, error_code } = entry;
  const alert = props.entries.find(
    (one): one is AlertEntry => one.type === 'alert' && one.id === entry.alert_id,
  );
  const result = [status, error_code && `error ${error_code}`, milliseconds(duration_ms)];
  return (
    <>
      <DetailHead
        entry={entry}
        title={operation ?? 'No operation of TaskRouter'}
        result={result.filter(Boolean).join(', ')}
        {...props}
      >
        <CopyButton label="Copy as curl" text={() => requestAsCurl(entry)} />
      </DetailHead>
      <p class="address">
        <b>{method}</b> <code>{path}</code>
      </p>
      {alert && <AlertNotice {...alert} entry={alert} show={props.show} />}
      <Part title="Parameters">
        <FactTable caption="Parameters" facts={entry.parameters} />
        {entry.body !== null && <JsonText text={entry.body} />}
      </Part>
      <Part title="Answer">
        <Answer answer={entry.answer} />
      </Part>
      <Part title="Headers of the request" isOpen={false}>
        <FactTable caption="Headers of the request" facts={Object.entries(entry.headers)} />
      </Part>
    </>
  );
}

function Answer({ answer }: { readonly answer: unknown }) {
  if (answer === null) return <p class="faint">No body.</p>;
  const { rows, count } = answer as { rows?: unknown; count?: unknown };
  if (typeof rows === 'string' && typeof count === 'number')
    return (
      <p class="faint">
        A list with {count} {rows}. Of lists their length is kept.
      </p>
    );
  return <JsonView value={answer} />;
}
