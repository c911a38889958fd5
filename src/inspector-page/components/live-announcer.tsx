import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { summaryOf } from '../data/entry-text';
import type { NameIndex } from '../data/name-index';

interface LiveAnnouncerProps {
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly names: NameIndex;
}

/** Our choice, in ms: the entries of this period are one announcement. */
const intervalMs = 1500;

/** Announces new entries to screen readers. */
export function LiveAnnouncer({ entries, names }: LiveAnnouncerProps) {
  const [announcement, setAnnouncement] = useState('');
  const latest = useRef(entries);
  const lastId = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const announce = () => {
    timer.current = undefined;
    const last = lastId.current;
    lastId.current = latest.current[0]?.id ?? 0;
    // Entries that existed at the start are not announced.
    if (last !== null) setAnnouncement(summarySince(last, latest.current, names) ?? '');
  };
  useEffect(() => {
    latest.current = entries;
    timer.current ??= setTimeout(announce, intervalMs);
  }, [entries]);
  return (
    <p class="visually-hidden" aria-live="polite">
      {announcement}
    </p>
  );
}

function summarySince(last: number, entries: readonly Entry[], names: NameIndex): string | undefined {
  const [newest] = entries;
  if (!newest || newest.id <= last) return undefined;
  const { title, result } = summaryOf(newest, names);
  const others = entries.filter(({ id }) => id > last).length - 1;
  return `${title}: ${result}${others > 0 ? `, and ${others} more` : ''}`;
}
