import { useMemo } from 'preact/hooks';
import type { Entry } from '../data/entries';
import { countKinds, defaultFilter, type Filter } from '../data/filters';
import type { SessionState } from '../data/inspector-session';
import type { DetailProps } from './detail-props';
import { EntryList } from './entry-list';
import { FilterBar } from './filter-bar';

interface LogViewProps extends DetailProps {
  readonly state: SessionState;
  readonly filter: Filter;
  setFilter(filter: Filter): void;
  /** The entries that match the filter, newest first. */
  readonly shown: readonly Entry[];
  readonly selectedId: number | null;
}

/** The log with its filters. */
export function LogView({ state, filter, setFilter, shown, selectedId, ...props }: LogViewProps) {
  const { entries, calls, service, connection } = state;
  const counts = useMemo(() => countKinds(entries), [entries]);
  return (
    <>
      <FilterBar {...props} filter={filter} counts={counts} calls={calls} />
      <EntryList
        entries={shown}
        isFiltered={filter !== defaultFilter && entries.length > 0}
        connection={connection}
        functionsUrl={service?.functions_url ?? null}
        names={props.names}
        selectedId={selectedId}
        select={props.show}
        showAll={() => setFilter(defaultFilter)}
      />
    </>
  );
}
