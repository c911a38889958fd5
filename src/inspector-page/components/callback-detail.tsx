import { useState } from 'preact/hooks';
import { CopyButton } from '../../../assets/design/components/copy-button';
import { callbackAsCurl } from '../data/copy-as-curl';
import type { AlertEntry, Attempt, CallbackEntry, Entry } from '../data/entries';
import { callbackTitle, outcomeText } from '../data/entry-text';
import { AttemptView } from './attempt-view';
import { DetailHeader } from './detail-header';
import type { DetailProps } from './entry-detail';
import { ReplayForm } from './replay-form';
import { ResponseComparison } from './response-comparison';

/** A callback in full: what was sent, what was signed, what was answered, and what that came to. */
export function CallbackDetail({ entry, ...props }: DetailProps & { readonly entry: CallbackEntry }) {
  const [isReplaying, setReplaying] = useState(false);
  const [first] = entry.attempts;
  return (
    <>
      <DetailHeader entry={entry} title={callbackTitle(entry)} result={outcomeText(entry)} {...props}>
        {first && <CopyButton label="Copy as curl" text={() => callbackAsCurl(first)} />}
        {first && (
          <button type="button" aria-expanded={isReplaying} onClick={() => setReplaying(!isReplaying)}>
            Replay …
          </button>
        )}
      </DetailHeader>
      {isReplaying && first && (
        <ReplayForm id={entry.id} attempt={first} calls={props.calls} show={props.show} />
      )}
      <Comparison entry={entry} {...props} />
      {entry.attempts.length === 0 && <p class="faint">It was withdrawn before anything was sent.</p>}
      {entry.attempts.map((attempt, index) => (
        <AttemptView
          key={index}
          attempt={attempt}
          isLast={index === entry.attempts.length - 1}
          alert={props.entries.find((one) => isAlertOf(one, entry, attempt))}
          show={props.show}
        />
      ))}
    </>
  );
}

/** An attempt's alert has the callback's id and the attempt's code. */
function isAlertOf(one: Entry, entry: CallbackEntry, { alert }: Attempt): one is AlertEntry {
  return one.type === 'alert' && one.callback_id === entry.id && one.code === alert?.code;
}

/** A replay beside what it repeats, while that is still kept. */
function Comparison({ entry, entries, show }: DetailProps & { readonly entry: CallbackEntry }) {
  if (entry.replay_of === null) return null;
  const original = entries.find(({ id }) => id === entry.replay_of);
  if (original?.type !== 'callback')
    return <p class="faint">A replay of No. {entry.replay_of}, which is no longer kept.</p>;
  return (
    <>
      <ResponseComparison before={original} after={entry} />
      <button type="button" onClick={() => show(original.id)}>
        Show the callback it repeats
      </button>
    </>
  );
}
