import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { summaryOf } from '../data/entry-text';
import type { NameIndex } from '../data/name-index';

export interface LiveAnnouncerProps {
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly names: NameIndex;
}

/** Milliseconds. A burst is told as one piece of news: nobody can listen to all of it. */
const pause = 1500;

/** Tells who listens what came in. */
export function LiveAnnouncer({ entries, names }: LiveAnnouncerProps) {
  const [news, setNews] = useState('');
  const latest = useRef(entries);
  const told = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = () => {
    timer.current = undefined;
    const last = told.current;
    told.current = latest.current[0]?.id ?? 0;
    // What was there already is no news.
    if (last !== null) setNews(newsSince(last, latest.current, names) ?? '');
  };
  useEffect(() => {
    latest.current = entries;
    timer.current ??= setTimeout(tell, pause);
  }, [entries]);
  return (
    <p class="spoken" aria-live="polite">
      {news}
    </p>
  );
}

function newsSince(last: number, entries: readonly Entry[], names: NameIndex): string | undefined {
  const [newest] = entries;
  if (!newest || newest.id <= last) return undefined;
  const { title, result } = summaryOf(newest, names);
  const others = entries.filter(({ id }) => id > last).length - 1;
  return `${title}: ${result}${others > 0 ? `, and ${others} more` : ''}`;
}
