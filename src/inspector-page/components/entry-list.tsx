import { useEffect, useRef } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { maxShown } from '../data/filters';
import type { Connection } from '../data/live-stream';
import type { NameIndex } from '../data/name-index';
import { EmptyList } from './empty-list';
import { EntryRow } from './entry-row';
import { restoreLostFocus } from './restore-focus';

export interface EntryListProps {
  /** Newest first. */
  readonly entries: readonly Entry[];
  /** Whether there may be entries that the filter leaves out, and that one would miss. */
  readonly isFiltered: boolean;
  readonly connection: Connection;
  readonly functionsUrl: string | null;
  readonly names: NameIndex;
  readonly selectedId: number | null;
  select(id: number): void;
  showAll(): void;
}

/**
 * The rows, newest first: one stop of the Tab key, and the arrows go through them. Rows are cheap while they are out of
 * sight (`content-visibility`) and are made once, so that a thousand of them scroll smoothly and can be searched by the
 * browser itself.
 */
export function EntryList(props: EntryListProps) {
  const { entries, selectedId, names } = props;
  const list = useRef<HTMLDivElement>(null);
  const wasSelected = useRef<number | null>(null);
  const isListed = entries.some(({ id }) => id === selectedId);
  useEffect(() => {
    if (isListed) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    if (selectedId === null && wasSelected.current !== null) restoreLostFocus(list.current);
    wasSelected.current = selectedId;
  }, [selectedId, isListed]);
  if (entries.length === 0) return <EmptyList {...props} />;
  return (
    <>
      <div
        class="entries"
        ref={list}
        role="listbox"
        aria-label="Requests, callbacks and alerts, newest first"
        tabIndex={0}
        aria-activedescendant={isListed ? `entry-${selectedId}` : undefined}
        onKeyDown={(event) => move(event, props)}
        onClick={(event) => selectRow(event, props)}
      >
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} isSelected={entry.id === selectedId} names={names} />
        ))}
      </div>
      {entries.length >= maxShown && (
        <p class="faint more">The newest {maxShown}. Narrow the list down to see older ones.</p>
      )}
    </>
  );
}

/** One listener for all rows. */
function selectRow(event: MouseEvent, { select }: EntryListProps): void {
  const row = (event.target as Element).closest('[data-id]');
  if (row) select(Number(row.getAttribute('data-id')));
}

/** Which row comes after a key, from the one that is selected; -1 is none. */
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
