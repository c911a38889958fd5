import { useMemo, useRef, useState } from 'preact/hooks';
import type { CallMap } from '../../../assets/calls/call-map';
import { useStore } from '../../../assets/design/components/use-store';
import type { Entry } from '../data/entries';
import { defaultFilter, type Filter, filterEntries } from '../data/filters';
import type { InspectorSession } from '../data/inspector-session';
import { CallDetail } from './call-detail';
import { CallList } from './call-list';
import type { DetailProps } from './detail-props';
import { EntryDetail } from './entry-detail';
import { LiveAnnouncer } from './live-announcer';
import { LogView } from './log-view';
import { PauseButton } from './pause-button';
import { TopBar } from './top-bar';
import { TourPanel } from './tour-panel';
import { type View, ViewSwitch } from './view-switch';

/** So that the list does not change with each call: only filters by task and worker look at calls. */
const noCalls: CallMap = new Map();

export function InspectorPage({ session }: { readonly session: InspectorSession }) {
  const state = useStore(session);
  const [filter, setFilter] = useState<Filter>(defaultFilter);
  const [view, setView] = useState<View>('log');
  const [selectedId, select] = useState<number | null>(null);
  const [callSid, selectCall] = useState<string | null>(null);
  const { entries, calls, heldBack, service } = state;
  const relevant = filter.taskSid === null && filter.workerSid === null ? noCalls : calls;
  const shown = useMemo(() => filterEntries(entries, filter, relevant), [entries, filter, relevant]);
  const selected = useSelected(selectedId, entries, heldBack);
  const { names, client } = session;
  const props: DetailProps = {
    entries,
    names,
    client,
    service,
    show: (id) => {
      setView('log');
      select(id);
    },
    showCall: (sid) => {
      setView('calls');
      selectCall(sid);
    },
    change: (part) => {
      setView('log');
      setFilter({ ...filter, ...part });
    },
  };
  const call = calls.get(callSid ?? '') ?? null;
  const isDetailShown = view === 'log' ? selected !== null : call !== null;
  return (
    <>
      <TopBar session={session} state={state} />
      <TourPanel {...props} tour={state.tour} session={session} />
      <main class="inspector" data-showing={isDetailShown ? 'entry' : 'list'}>
        <section class="log" aria-label={view === 'log' ? 'Log' : 'Calls'}>
          <div class="views">
            <ViewSwitch view={view} callCount={calls.size} switchTo={setView} />
            {view === 'log' && (
              <PauseButton
                newCount={heldBack?.length ?? null}
                setPaused={(isPaused) => session.setPaused(isPaused)}
              />
            )}
          </div>
          {view === 'log' ? (
            <LogView
              {...props}
              state={state}
              filter={filter}
              setFilter={setFilter}
              shown={shown}
              selectedId={selectedId}
            />
          ) : (
            <CallList
              calls={[...calls.values()].reverse()}
              names={names}
              selectedSid={callSid}
              select={selectCall}
            />
          )}
        </section>
        {view === 'log' ? (
          <EntryDetail {...props} entry={selected} />
        ) : (
          <CallDetail {...props} call={call} calls={calls} back={() => selectCall(null)} />
        )}
      </main>
      <LiveAnnouncer entries={shown} names={names} />
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
