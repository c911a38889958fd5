import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { restoreLostFocus } from './restore-focus';

interface ListBoxProps {
  readonly label: string;
  /** Of its rows, in order; each row has the ID `entry-` and this one. */
  readonly ids: readonly string[];
  readonly selectedId: string | null;
  select(id: string): void;
  /** The rows. */
  readonly children: ComponentChildren;
}

/** Rows of which one can be selected, as one tab stop with arrow keys. */
export function ListBox(props: ListBoxProps) {
  const { label, ids, selectedId, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const wasSelected = useRef<string | null>(null);
  const isShown = selectedId !== null && ids.includes(selectedId);
  useEffect(() => {
    if (isShown) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    if (selectedId === null && wasSelected.current !== null) restoreLostFocus(list.current);
    wasSelected.current = selectedId;
  }, [selectedId, isShown]);
  return (
    <div
      class="entries"
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={isShown ? `entry-${selectedId}` : undefined}
      onKeyDown={(event) => move(event, props)}
      onClick={(event) => selectRow(event, props)}
    >
      {children}
    </div>
  );
}

/** A single listener for all rows. */
function selectRow(event: MouseEvent, { select }: ListBoxProps): void {
  const id = (event.target as Element).closest('[data-id]')?.getAttribute('data-id');
  if (id) select(id);
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

function move(event: KeyboardEvent, { ids, selectedId, select }: ListBoxProps): void {
  const step = steps[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const last = ids.length - 1;
  const next = ids[Math.min(last, step(selectedId === null ? -1 : ids.indexOf(selectedId), last))];
  if (next !== undefined) select(next);
}
