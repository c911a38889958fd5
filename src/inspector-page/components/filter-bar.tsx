import type { CallMap } from '../../../assets/calls/call-map';
import { callTitle } from '../data/call-text';
import type { Entry } from '../data/entries';
import { type Kind, kindNames, kinds } from '../data/entry-kinds';
import { outcomeOf, shortSid } from '../data/entry-text';
import type { Filter } from '../data/filters';
import { CallSubject } from './call-subject';
import { Subject, type SubjectProps } from './subject';

interface FilterBarProps extends SubjectProps {
  readonly filter: Filter;
  readonly counts: Readonly<Record<Kind, number>>;
  readonly entries: readonly Entry[];
  readonly calls: CallMap;
  showCall(sid: string): void;
}

/** Filters the list. */
export function FilterBar(props: FilterBarProps) {
  const { filter, change, counts } = props;
  return (
    <search class="filter-bar">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons */}
      <div class="choice" role="group" aria-label="Kinds">
        {kindNames.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={filter.kinds.has(kind)}
            onClick={() => change({ kinds: toggled(filter.kinds, kind) })}
          >
            {kinds[kind]} <span class="count">{counts[kind]}</span>
          </button>
        ))}
      </div>
      <div class="fields">
        <input
          type="search"
          aria-label="Search"
          placeholder="Search …"
          title="Searches all data of an entry"
          value={filter.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
        <FilterSelects {...props} />
        <button
          type="button"
          aria-pressed={filter.errorsOnly}
          onClick={() => change({ errorsOnly: !filter.errorsOnly })}
        >
          Errors only
        </button>
      </div>
      <div class="filtered-subjects">
        {filter.taskSid && <Subject key={filter.taskSid} sid={filter.taskSid} {...props} />}
        {filter.workerSid && <Subject key={filter.workerSid} sid={filter.workerSid} {...props} />}
        {filter.callSid && <CallSubject sid={filter.callSid} showCall={props.showCall} />}
      </div>
    </search>
  );
}

function FilterSelects({ filter, change, entries, calls, names }: FilterBarProps) {
  const tasks = [...new Set(entries.map(({ task_sid }) => task_sid))].reverse().slice(0, 50);
  const workers = names.all('WK');
  const outcomes = [...new Set(entries.map(outcomeOf))].sort();
  return (
    <>
      <FilterSelect
        label="Task"
        all="All tasks"
        value={filter.taskSid}
        options={tasks.flatMap((sid) => (sid === null ? [] : [[sid, shortSid(sid)] as const]))}
        select={(taskSid) => change({ taskSid })}
      />
      <FilterSelect
        label="Worker"
        all="All workers"
        value={filter.workerSid}
        options={workers}
        select={(workerSid) => change({ workerSid })}
      />
      {filter.callSid !== null && (
        <FilterSelect
          label="Call"
          all="All calls"
          value={filter.callSid}
          options={[...calls.values()]
            .reverse()
            .map((call) => [call.call_sid, `${shortSid(call.call_sid)} ${callTitle(call)}`] as const)}
          select={(callSid) => change({ callSid })}
        />
      )}
      <FilterSelect
        label="Outcome"
        all="All outcomes"
        value={filter.outcome}
        options={outcomes.map((outcome) => [outcome, outcome] as const)}
        select={(outcome) => change({ outcome })}
      />
    </>
  );
}

interface FilterSelectProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly options: readonly (readonly [value: string, name: string])[];
  select(value: string | null): void;
}

function FilterSelect({ label, all, value, options, select }: FilterSelectProps) {
  const isListed = value === null || options.some(([listed]) => listed === value);
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => select(event.currentTarget.value || null)}
    >
      <option value="">{all}</option>
      {!isListed && <option value={value ?? ''}>{shortSid(value ?? '')}</option>}
      {options.map(([listed, name]) => (
        <option key={listed} value={listed}>
          {name}
        </option>
      ))}
    </select>
  );
}

function toggled(all: ReadonlySet<Kind>, kind: Kind): ReadonlySet<Kind> {
  const changed = new Set(all);
  if (!changed.delete(kind)) changed.add(kind);
  return changed;
}
