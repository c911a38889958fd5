import type { AlertEntry, Attempt } from '../data/entries';
import { millisecondsText } from '../data/entry-text';
import { AlertNotice } from './alert-notice';
import { CollapsibleSection } from './collapsible-section';
import { JsonText } from './json-text';
import { KeyValueTable } from './key-value-table';

export interface AttemptViewProps {
  readonly attempt: Attempt;
  /** The last one decides, and is shown open. */
  readonly isLast: boolean;
  /** The alert that it led to, when that is still kept. */
  readonly alert: AlertEntry | undefined;
  show(id: number): void;
}

/** One request of a callback, and what came back. */
export function AttemptView({ attempt, isLast, alert, show }: AttemptViewProps) {
  const { role, url, duration_ms, limits, request } = attempt;
  const which = `${role === 'fallback' ? 'Fallback URL' : 'URL'}, try ${attempt.try}`;
  return (
    <section class="attempt" aria-label={which}>
      <p class="address">
        <b>POST</b> <code>{url}</code>
      </p>
      <p class="faint">
        {which}: {millisecondsText(duration_ms)} of at most {millisecondsText(limits.total_ms)}
      </p>
      {attempt.alert && (
        <AlertNotice {...attempt.alert} detail={attempt.alert.message} entry={alert} show={show} />
      )}
      <CollapsibleSection title="Answer" isOpen={isLast}>
        <AnswerView attempt={attempt} />
      </CollapsibleSection>
      <CollapsibleSection title="Parameters" isOpen={isLast}>
        <KeyValueTable caption="Parameters" rows={Object.entries(request.parameters)} />
      </CollapsibleSection>
      <CollapsibleSection title="Headers of the request" isOpen={false}>
        <KeyValueTable caption="Headers of the request" rows={Object.entries(request.headers)} />
      </CollapsibleSection>
      <CollapsibleSection title="What was signed" isOpen={false}>
        <p class="faint">
          The URL, then each parameter’s name and value, sorted by name. X-Twilio-Signature is the HMAC-SHA1
          of this text under the auth token, in base64.
        </p>
        <pre class="signed">{request.signed}</pre>
      </CollapsibleSection>
    </section>
  );
}

function AnswerView({ attempt: { response, error } }: { readonly attempt: Attempt }) {
  return (
    <>
      {error && <p class="wrong">{error.message}</p>}
      {response && (
        <>
          <p>
            <b>{response.status}</b> <span class="faint">{response.headers['content-type']}</span>
          </p>
          {response.body ? <JsonText text={response.body} /> : <p class="faint">No body.</p>}
          <CollapsibleSection title="Headers of the answer" isOpen={false}>
            <KeyValueTable caption="Headers of the answer" rows={Object.entries(response.headers)} />
          </CollapsibleSection>
        </>
      )}
    </>
  );
}
