import { useMemo } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { maxShown } from '../data/filters';
import type { NameIndex } from '../data/name-index';
import { EmptyList, type EmptyListProps } from './empty-list';
import { EntryRow } from './entry-row';
import { ListBox } from './list-box';

interface EntryListProps extends EmptyListProps {
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly names: NameIndex;
  readonly selectedId: number | null;
  select(id: number): void;
}

/**
 * The entries, newest first. Rows are not laid out while off screen (`content-visibility`) and render once, so that a
 * thousand of them scroll smoothly and the browser can search them.
 */
export function EntryList(props: EntryListProps) {
  const { entries, selectedId, names, select } = props;
  const ids = useMemo(() => entries.map(({ id }) => String(id)), [entries]);
  if (entries.length === 0) return <EmptyList {...props} />;
  return (
    <>
      <ListBox
        label="Requests, callbacks and alerts, newest first"
        ids={ids}
        selectedId={selectedId === null ? null : String(selectedId)}
        select={(id) => select(Number(id))}
      >
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} isSelected={entry.id === selectedId} names={names} />
        ))}
      </ListBox>
      {entries.length >= maxShown && (
        <p class="faint more">Only the newest {maxShown} are shown. Filter the list to see older ones.</p>
      )}
    </>
  );
}
