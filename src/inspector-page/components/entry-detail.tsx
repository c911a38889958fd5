import { useEffect, useRef } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { AlertDetail } from './alert-detail';
import { CallbackDetail } from './callback-detail';
import type { DetailProps } from './detail-props';
import { RequestDetail } from './request-detail';
import { restoreLostFocus } from './restore-focus';

/** The details of the selected entry. */
export function EntryDetail({ entry, ...props }: DetailProps & { readonly entry: Entry | null }) {
  const container = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!container.current || !entry) return;
    container.current.scrollTop = 0;
    container.current.scrollIntoView();
    restoreLostFocus(container.current);
  }, [entry]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="detail" aria-label="Details" ref={container} tabIndex={0}>
      {entry === null ? (
        <div class="empty-state">
          <p>Select an entry to see its details: the request, the signed text, and the response.</p>
        </div>
      ) : (
        <>
          <button type="button" class="back" onClick={() => props.show(null)}>
            Back to the list
          </button>
          <EntryBody key={entry.id} entry={entry} {...props} />
        </>
      )}
    </section>
  );
}

function EntryBody({ entry, ...props }: DetailProps & { readonly entry: Entry }) {
  if (entry.type === 'request') return <RequestDetail entry={entry} {...props} />;
  if (entry.type === 'callback') return <CallbackDetail entry={entry} {...props} />;
  return <AlertDetail entry={entry} {...props} />;
}
