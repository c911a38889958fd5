import { CopyButton } from '../../../assets/design/components/copy-button';
import { JsonView } from '../../../assets/design/components/json-view';
import { requestAsCurl } from '../data/copy-as-curl';
import type { AlertEntry, RequestEntry } from '../data/entries';
import { millisecondsText } from '../data/entry-text';
import { AlertNotice } from './alert-notice';
import { CollapsibleSection } from './collapsible-section';
import { DetailHeader } from './detail-header';
import type { DetailProps } from './detail-props';
import { FormattedText } from './formatted-text';
import { KeyValueTable } from './key-value-table';

/** A request to the REST API, and its response. */
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
        title={operation ?? 'Unknown operation'}
        result={result.filter(Boolean).join(', ')}
        {...props}
      >
        <CopyButton label="Copy as curl" text={() => requestAsCurl(entry)} />
      </DetailHeader>
      <p class="address">
        <b>{method}</b> <code>{path}</code>
      </p>
      {alert && <AlertNotice {...alert} entry={alert} show={props.show} />}
      {entry.ignored_parameters.length > 0 && (
        <div class="notice">
          {entry.ignored_parameters.map(({ name, message }) => (
            <p key={name}>{message}</p>
          ))}
        </div>
      )}
      <CollapsibleSection title="Parameters">
        <KeyValueTable caption="Parameters" rows={entry.parameters} />
        {entry.body !== null && <FormattedText text={entry.body} />}
      </CollapsibleSection>
      <CollapsibleSection title="Response">
        <ResponseBody body={entry.response} />
      </CollapsibleSection>
      <CollapsibleSection title="Request headers" isOpen={false}>
        <KeyValueTable caption="Request headers" rows={Object.entries(entry.headers)} />
      </CollapsibleSection>
    </>
  );
}

function ResponseBody({ body }: { readonly body: unknown }) {
  if (body === null) return <p class="faint">No body.</p>;
  const { rows, count } = body as { rows?: unknown; count?: unknown };
  if (typeof rows === 'string' && typeof count === 'number')
    return (
      <p class="faint">
        A list of {count} {rows}. Only the length of a list is kept.
      </p>
    );
  return <JsonView value={body} />;
}
