import { CopyButton } from '../../../assets/design/components/copy-button';
import { JsonView } from '../../../assets/design/components/json-view';
import { requestAsCurl } from '../data/copy-as-curl';
import type { AlertEntry, RequestEntry } from '../data/entries';
import { millisecondsText } from '../data/entry-text';
import { AlertNotice } from './alert-notice';
import { CollapsibleSection } from './collapsible-section';
import { DetailHeader } from './detail-header';
import type { DetailProps } from './entry-detail';
import { JsonText } from './json-text';
import { KeyValueTable } from './key-value-table';

/** A request to the REST API, and its answer. */
export function RequestDetail({ entry, ...props }: DetailProps & { readonly entry: RequestEntry }) {
  const { method, path, operation, status, duration_ms, error_code } = entry;
  const alert = props.entries.find(
    (one): one is AlertEntry => one.type === 'alert' && one.id === entry.alert_id,
  );
  const result = [status, error_code && `error ${error_code}`, millisecondsText(duration_ms)];
  return (
    <>
      <DetailHeader
        entry={entry}
        title={operation ?? 'No operation of TaskRouter'}
        result={result.filter(Boolean).join(', ')}
        {...props}
      >
        <CopyButton label="Copy as curl" text={() => requestAsCurl(entry)} />
      </DetailHeader>
      <p class="address">
        <b>{method}</b> <code>{path}</code>
      </p>
      {alert && <AlertNotice {...alert} entry={alert} show={props.show} />}
      <CollapsibleSection title="Parameters">
        <KeyValueTable caption="Parameters" rows={entry.parameters} />
        {entry.body !== null && <JsonText text={entry.body} />}
      </CollapsibleSection>
      <CollapsibleSection title="Answer">
        <Answer answer={entry.answer} />
      </CollapsibleSection>
      <CollapsibleSection title="Headers of the request" isOpen={false}>
        <KeyValueTable caption="Headers of the request" rows={Object.entries(entry.headers)} />
      </CollapsibleSection>
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
