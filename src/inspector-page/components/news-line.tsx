import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../data/entries';
import type { Names } from '../data/names';
import { summaryOf } from '../data/words';

export interface NewsLineProps {
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly names: Names;
}

/** Milliseconds. A burst is told as one piece of news: nobody can listen to all of it. */
const pause = 1500;

/** Tells who listens what came in. */
export function NewsLine({ entries, names }: NewsLineProps) {
  const [news, setNews] = useState('');
  const told = useRef<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      const [newest] = entries;
      const last = told.current;
      told.current = newest?.id ?? 0;
      // What was there already is no news.
      if (!newest || last === null || newest.id <= last) return;
      const { title, result } = summaryOf(newest, names);
      const others = entries.filter(({ id }) => id > last).length - 1;
      setNews(`${title}: ${result}${others > 0 ? `, and ${others} more` : ''}`);
    }, pause);
    return () => clearTimeout(timer);
  }, [entries, names]);
  return (
    <p class="spoken" aria-live="polite">
      {news}
    </p>
  );
}
