import type { AlertEntry, Attempt } from '../data/entries';
import { milliseconds } from '../data/words';
import { AlertNotice } from './alert-notice';
import { FactTable } from './fact-table';
import { JsonText } from './json-text';
import { Part } from './part';

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
        {which}: {milliseconds(duration_ms)} of at most {milliseconds(limits.total_ms)}
      </p>
      {attempt.alert && (
        <AlertNotice {...attempt.alert} detail={attempt.alert.message} entry={alert} show={show} />
      )}
      <Part title="Answer" isOpen={isLast}>
        <AnswerView attempt={attempt} />
      </Part>
      <Part title="Parameters" isOpen={isLast}>
        <FactTable caption="Parameters" facts={Object.entries(request.parameters)} />
      </Part>
      <Part title="Headers of the request" isOpen={false}>
        <FactTable caption="Headers of the request" facts={Object.entries(request.headers)} />
      </Part>
      <Part title="What was signed" isOpen={false}>
        <p class="faint">
          The URL, then each parameter’s name and value, sorted by name. X-Twilio-Signature is the HMAC-SHA1
          of this text under the auth token, in base64.
        </p>
        <pre class="signed">{request.signed}</pre>
      </Part>
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
          <Part title="Headers of the answer" isOpen={false}>
            <FactTable caption="Headers of the answer" facts={Object.entries(response.headers)} />
          </Part>
        </>
      )}
    </>
  );
}
