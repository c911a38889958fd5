import { useMemo, useRef, useState } from 'preact/hooks';
import { useStore } from '../../../assets/design/components/use-store';
import type { Entry } from '../data/entries';
import { countKinds, defaultFilter, type Filter, filterEntries } from '../data/filters';
import type { InspectorSession } from '../data/inspector-session';
import { EntryDetail } from './entry-detail';
import { EntryList } from './entry-list';
import { FilterBar } from './filter-bar';
import { LiveAnnouncer } from './live-announcer';
import { TopBar } from './top-bar';
import { TourPanel } from './tour-panel';

export function InspectorPage({ session }: { readonly session: InspectorSession }) {
  const state = useStore(session);
  const [filter, setFilter] = useState<Filter>(defaultFilter);
  const [selectedId, show] = useState<number | null>(null);
  const { entries, heldBack, service } = state;
  const shown = useMemo(() => filterEntries(entries, filter), [entries, filter]);
  const counts = useMemo(() => countKinds(entries), [entries]);
  const selected = useSelected(selectedId, entries, heldBack);
  const change = (part: Partial<Filter>) => setFilter({ ...filter, ...part });
  return (
    <>
      <TopBar session={session} state={state} />
      <TourPanel tour={state.tour} service={service} entries={entries} session={session} show={show} />
      <main class="inspector" data-showing={selected ? 'entry' : 'list'}>
        <section class="log" aria-label="Log">
          <FilterBar
            filter={filter}
            change={change}
            counts={counts}
            entries={entries}
            names={session.names}
            client={session.client}
            service={service}
            heldBack={heldBack}
            setPaused={(isPaused) => session.setPaused(isPaused)}
          />
          <EntryList
            entries={shown}
            isFiltered={filter !== defaultFilter && entries.length > 0}
            connection={state.connection}
            functionsUrl={service?.functions_url ?? null}
            names={session.names}
            selectedId={selectedId}
            select={show}
            showAll={() => setFilter(defaultFilter)}
          />
        </section>
        <EntryDetail
          entry={selected}
          entries={entries}
          names={session.names}
          client={session.client}
          service={service}
          show={show}
          change={change}
        />
      </main>
      <LiveAnnouncer entries={shown} names={session.names} />
    </>
  );
}

/** The selected entry, from when it arrives, and also after it has been dropped from the list. */
function useSelected(
  id: number | null,
  entries: readonly Entry[],
  heldBack: readonly Entry[] | null,
): Entry | null {
  const last = useRef<Entry | null>(null);
  if (id === null) last.current = null;
  else if (last.current?.id !== id)
    last.current = [...(heldBack ?? []), ...entries].find((entry) => entry.id === id) ?? last.current;
  return last.current;
}
