import type { ComponentChild } from 'preact';

/** Our choice: how many entries are shown at first. The nearest matter most. */
const maxShown = 8;

interface LongListProps<Entry> {
  readonly entries: readonly Entry[];
  /** What the entries are, such as `workers`. */
  readonly name: string;
  readonly children: (entry: Entry, index: number) => ComponentChild;
}

/** A list of explained entries. Those after the first few are collapsed. */
export function LongList<Entry>({ entries, name, children }: LongListProps<Entry>) {
  const rest = entries.slice(maxShown);
  return (
    <>
      <ul class="explained">{entries.slice(0, maxShown).map(children)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>
            {rest.length} more {name}
          </summary>
          <ul class="explained">{rest.map((entry, index) => children(entry, index + maxShown))}</ul>
        </details>
      )}
    </>
  );
}
