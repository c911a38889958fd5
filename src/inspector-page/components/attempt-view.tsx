import type { AlertEntry, Attempt } from '../data/entries';
import { millisecondsText } from '../data/entry-text';
import { AlertNotice } from './alert-notice';
import { CollapsibleSection } from './collapsible-section';
import { FormattedText } from './formatted-text';
import { KeyValueTable } from './key-value-table';

interface AttemptViewProps {
  readonly attempt: Attempt;
  /** The last attempt decides the outcome, and is expanded. */
  readonly isLast: boolean;
  /** The alert that it caused, if it is still kept. */
  readonly alert: AlertEntry | undefined;
  show(id: number): void;
}

/** One attempt of a callback: the request and the response. */
export function AttemptView({ attempt, isLast, alert, show }: AttemptViewProps) {
  const { method, role, url, duration_ms, limits, request } = attempt;
  const title = `${role === 'fallback' ? 'Fallback attempt' : 'Attempt'} ${attempt.number}`;
  return (
    <section class="attempt" aria-label={title}>
      <p class="address">
        <b>{method}</b> <code>{url}</code>
      </p>
      <p class="faint">
        {title} · {millisecondsText(duration_ms)} (limit {millisecondsText(limits.total_ms)})
      </p>
      {attempt.alert && (
        <AlertNotice {...attempt.alert} detail={attempt.alert.message} entry={alert} show={show} />
      )}
      <CollapsibleSection title="Response" isOpen={isLast}>
        <ResponseView attempt={attempt} />
      </CollapsibleSection>
      <CollapsibleSection title="Parameters" isOpen={isLast}>
        <KeyValueTable caption="Parameters" rows={parametersOf(attempt)} />
      </CollapsibleSection>
      <CollapsibleSection title="Request headers" isOpen={false}>
        <KeyValueTable caption="Request headers" rows={Object.entries(request.headers)} />
      </CollapsibleSection>
      <CollapsibleSection title="Signed text" isOpen={false}>
        <p class="faint">
          The URL, followed by the name and value of each parameter, sorted by name. X-Twilio-Signature is the
          Base64-encoded HMAC-SHA1 of this text, with the auth token as the key.
        </p>
        <pre class="signed">{request.signed}</pre>
      </CollapsibleSection>
    </section>
  );
}

/** A GET has its parameters in the URL. */
function parametersOf({ method, url, request }: Attempt): readonly (readonly [string, string])[] {
  if (method === 'POST' || !URL.canParse(url)) return Object.entries(request.parameters);
  return [...new URL(url).searchParams];
}

/** What the receiver responded, or why there is no response. */
export function ResponseView({ attempt: { response, error } }: { readonly attempt: Attempt }) {
  return (
    <>
      {error && <p class="error-text">{error.message}</p>}
      {response && (
        <>
          <p>
            <b>{response.status}</b> <span class="faint">{response.headers['content-type']}</span>
          </p>
          {response.body ? <FormattedText text={response.body} /> : <p class="faint">No body.</p>}
          <CollapsibleSection title="Response headers" isOpen={false}>
            <KeyValueTable caption="Response headers" rows={Object.entries(response.headers)} />
          </CollapsibleSection>
        </>
      )}
    </>
  );
}
