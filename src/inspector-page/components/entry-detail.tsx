import { useEffect, useRef } from 'preact/hooks';
import type { Calls } from '../data/calls';
import type { Entry } from '../data/entries';
import type { Filter } from '../data/filters';
import type { Names } from '../data/names';
import { AlertDetail } from './alert-detail';
import { CallbackDetail } from './callback-detail';
import { RequestDetail } from './request-detail';
import { takeLostFocus } from './take-focus';

export interface DetailProps {
  readonly entries: readonly Entry[];
  readonly names: Names;
  readonly calls: Calls;
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
    takeLostFocus(place.current);
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
