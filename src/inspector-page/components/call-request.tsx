import { useState } from 'preact/hooks';
import type { CallbackEntry } from '../data/entries';
import { isError } from '../data/entry-kinds';
import { summaryOf } from '../data/entry-text';
import { NameIndex } from '../data/name-index';
import { ResponseView } from './attempt-view';

interface CallRequestProps {
  readonly entry: CallbackEntry;
  readonly isFirst: boolean;
  show(id: number): void;
}

const noNames = new NameIndex();

/**
 * A request of a call, with the TwiML that the application responded. The first one is open; the others are rendered when
 * they are opened, because a caller who waits causes many.
 */
export function CallRequest({ entry, isFirst, show }: CallRequestProps) {
  const [isOpen, setOpen] = useState(isFirst);
  const { title, result, duration } = summaryOf(entry, noNames);
  const last = entry.attempts.at(-1);
  return (
    <details
      class="section call-request"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <b>{entry.attempts[0]?.method}</b> <code>{title}</code>{' '}
        <span class={isError(entry) ? 'error-text' : 'faint'}>{result}</span>{' '}
        <span class="faint">{duration}</span>
      </summary>
      {isOpen && (
        <>
          {last && <ResponseView attempt={last} />}
          <button type="button" class="plain" onClick={() => show(entry.id)}>
            Show the request
          </button>
        </>
      )}
    </details>
  );
}
