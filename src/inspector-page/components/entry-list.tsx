import { useEffect, useRef } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { maxShown } from '../data/filters';
import type { NameIndex } from '../data/name-index';
import { EmptyList, type EmptyListProps } from './empty-list';
import { EntryRow } from './entry-row';
import { restoreLostFocus } from './restore-focus';

interface EntryListProps extends EmptyListProps {
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly names: NameIndex;
  readonly selectedId: number | null;
  select(id: number): void;
}

/**
 * The entries, newest first, as one tab stop with arrow keys. Rows are not laid out while off screen
 * (`content-visibility`) and render once, so that a thousand of them scroll smoothly and the browser can search them.
 */
export function EntryList(props: EntryListProps) {
  const { entries, selectedId, names } = props;
  const list = useRef<HTMLDivElement>(null);
  const wasSelected = useRef<number | null>(null);
  const isShown = entries.some(({ id }) => id === selectedId);
  useEffect(() => {
    if (isShown) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    if (selectedId === null && wasSelected.current !== null) restoreLostFocus(list.current);
    wasSelected.current = selectedId;
  }, [selectedId, isShown]);
  if (entries.length === 0) return <EmptyList {...props} />;
  return (
    <>
      <div
        class="entries"
        ref={list}
        role="listbox"
        aria-label="Requests, callbacks and alerts, newest first"
        tabIndex={0}
        aria-activedescendant={isShown ? `entry-${selectedId}` : undefined}
        onKeyDown={(event) => move(event, props)}
        onClick={(event) => selectRow(event, props)}
      >
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} isSelected={entry.id === selectedId} names={names} />
        ))}
      </div>
      {entries.length >= maxShown && (
        <p class="faint more">Only the newest {maxShown} are shown. Filter the list to see older ones.</p>
      )}
    </>
  );
}

/** A single listener for all rows. */
function selectRow(event: MouseEvent, { select }: EntryListProps): void {
  const row = (event.target as Element).closest('[data-id]');
  if (row) select(Number(row.getAttribute('data-id')));
}

/** The row that a key selects, given the current one; -1 means none. */
const steps: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => Math.max(0, index - 1),
  PageDown: (index) => index + 10,
  PageUp: (index) => Math.max(0, index - 10),
  Home: () => 0,
  End: (_index, last) => last,
};

function move(event: KeyboardEvent, { entries, selectedId, select }: EntryListProps): void {
  const step = steps[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const last = entries.length - 1;
  const index = entries.findIndex(({ id }) => id === selectedId);
  const next = entries[Math.min(last, step(index, last))];
  if (next) select(next.id);
}
