import { useMemo, useState } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { countKinds, type Filter, filtered, usualFilter } from '../data/filters';
import type { InspectorSession } from '../data/inspector-session';
import { EntryDetail } from './entry-detail';
import { EntryList } from './entry-list';
import { FilterBar } from './filter-bar';
import { NewsLine } from './news-line';
import { TopBar } from './top-bar';
import { TourPanel } from './tour-panel';
import { useSession } from './use-session';

export function InspectorPage({ session }: { readonly session: InspectorSession }) {
  const state = useSession(session);
  const [filter, setFilter] = useState<Filter>(usualFilter);
  const [selectedId, select] = useState<number | null>(null);
  const { entries, heldBack, service } = state;
  const shown = useMemo(() => filtered(entries, filter), [entries, filter]);
  const counts = useMemo(() => countKinds(entries), [entries]);
  // What is looked at stays, also when it is old enough to be forgotten.
  const [kept, keep] = useState<Entry | null>(null);
  const show = (id: number | null) => {
    select(id);
    keep(entries.find((entry) => entry.id === id) ?? null);
  };
  const selected = kept?.id === selectedId ? kept : null;
  const change = (part: Partial<Filter>) => setFilter({ ...filter, ...part });
  return (
    <>
      <TopBar session={session} state={state} />
      <main class="inspector" data-showing={selected ? 'entry' : 'list'}>
        <div class="side">
          <TourPanel tour={state.tour} service={service} entries={entries} session={session} show={show} />
          <section class="log" aria-labelledby="log">
            <h2 id="log" class="spoken">
              What happens
            </h2>
            <FilterBar
              filter={filter}
              change={change}
              counts={counts}
              entries={entries}
              names={session.names}
              heldBack={heldBack}
              setPaused={(isPaused) => session.setPaused(isPaused)}
            />
            <EntryList
              entries={shown}
              isAnyKept={entries.length > 0}
              connection={state.connection}
              functionsUrl={service?.functions_url ?? null}
              names={session.names}
              selectedId={selectedId}
              select={show}
              showAll={() => setFilter(usualFilter)}
            />
          </section>
        </div>
        <EntryDetail
          entry={selected}
          entries={entries}
          names={session.names}
          calls={session.calls}
          show={show}
          change={change}
        />
      </main>
      <NewsLine entries={shown} names={session.names} />
    </>
  );
}
