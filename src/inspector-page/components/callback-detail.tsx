import { useState } from 'preact/hooks';
import { CopyButton } from '../../../assets/design/components/copy-button';
import { callbackAsCurl } from '../data/copy-as-curl';
import type { AlertEntry, Attempt, CallbackEntry, Entry } from '../data/entries';
import { callbackTitle, outcomeText } from '../data/entry-text';
import { AttemptView } from './attempt-view';
import { DetailHeader } from './detail-header';
import type { DetailProps } from './detail-props';
import { ReplayForm } from './replay-form';
import { ResponseComparison } from './response-comparison';

/** All attempts of a callback, and its outcome. */
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
        <ReplayForm id={entry.id} attempt={first} client={props.client} show={props.show} />
      )}
      <Comparison entry={entry} {...props} />
      {entry.attempts.length === 0 && <p class="faint">Withdrawn before it was sent.</p>}
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

/** The alert of an attempt has the id of the callback and the code of the attempt. */
function isAlertOf(one: Entry, entry: CallbackEntry, { alert }: Attempt): one is AlertEntry {
  return one.type === 'alert' && one.callback_id === entry.id && one.code === alert?.code;
}

/** A replay next to the original callback, if that is still kept. */
function Comparison({ entry, entries, show }: DetailProps & { readonly entry: CallbackEntry }) {
  if (entry.replay_of === null) return null;
  const original = entries.find(({ id }) => id === entry.replay_of);
  if (original?.type !== 'callback')
    return <p class="faint">A replay of #{entry.replay_of}, which is no longer available.</p>;
  return (
    <>
      <ResponseComparison before={original} after={entry} />
      <button type="button" onClick={() => show(original.id)}>
        Show original
      </button>
    </>
  );
}
