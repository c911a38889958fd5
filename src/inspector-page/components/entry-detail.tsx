import { useEffect, useRef } from 'preact/hooks';
import type { ControlClient } from '../data/control-client';
import type { Entry } from '../data/entries';
import type { Filter } from '../data/filters';
import type { NameIndex } from '../data/name-index';
import { AlertDetail } from './alert-detail';
import { CallbackDetail } from './callback-detail';
import { RequestDetail } from './request-detail';
import { restoreLostFocus } from './restore-focus';

export interface DetailProps {
  readonly entries: readonly Entry[];
  readonly names: NameIndex;
  readonly calls: ControlClient;
  show(id: number | null): void;
  change(part: Partial<Filter>): void;
}

/** Everything about the entry that is selected. */
export function EntryDetail({ entry, ...props }: DetailProps & { readonly entry: Entry | null }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!place.current || !entry) return;
    place.current.scrollTop = 0;
    place.current.scrollIntoView();
    restoreLostFocus(place.current);
  }, [entry]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="detail" aria-label="Details" ref={place} tabIndex={0}>
      {entry === null ? (
        <div class="nothing">
          <p>
            Choose an entry to see everything about it: what was sent, what was signed, what was answered.
          </p>
        </div>
      ) : (
        <>
          <button type="button" class="back" onClick={() => props.show(null)}>
            Back to the list
          </button>
          <DetailOf key={entry.id} entry={entry} {...props} />
        </>
      )}
    </section>
  );
}

function DetailOf({ entry, ...props }: DetailProps & { readonly entry: Entry }) {
  if (entry.type === 'request') return <RequestDetail entry={entry} {...props} />;
  if (entry.type === 'callback') return <CallbackDetail entry={entry} {...props} />;
  return <AlertDetail entry={entry} {...props} />;
}
