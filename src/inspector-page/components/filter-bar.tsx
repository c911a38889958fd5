import type { Entry } from '../data/entries';
import type { Filter } from '../data/filters';
import { type Kind, kindNames, kinds } from '../data/kinds';
import type { Names } from '../data/names';
import { shortSid } from '../data/words';

export interface FilterBarProps {
  readonly filter: Filter;
  change(part: Partial<Filter>): void;
  readonly counts: Readonly<Record<Kind, number>>;
  readonly entries: readonly Entry[];
  readonly names: Names;
  readonly heldBack: readonly Entry[] | null;
  setPaused(isPaused: boolean): void;
}

/** Narrows the list down. */
export function FilterBar(props: FilterBarProps) {
  const { filter, change, counts, heldBack, setPaused } = props;
  return (
    <search class="filter-bar">
      <div class="kinds">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form, and these are buttons */}
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
        <button type="button" aria-pressed={heldBack !== null} onClick={() => setPaused(heldBack === null)}>
          {heldBack === null ? 'Pause' : `Go on (${heldBack.length} new)`}
        </button>
      </div>
      <div class="fields">
        <input
          type="search"
          aria-label="Search in everything"
          placeholder="Search: sid, word, status …"
          value={filter.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
        <SubjectSelects {...props} />
        <button
          type="button"
          aria-pressed={filter.illOnly}
          onClick={() => change({ illOnly: !filter.illOnly })}
        >
          Trouble only
        </button>
      </div>
    </search>
  );
}

function SubjectSelects({ filter, change, entries, names }: FilterBarProps) {
  const tasks = [...new Set(entries.map(({ task_sid }) => task_sid))].reverse().slice(0, 50);
  const workers = names.all('WK');
  return (
    <>
      <SubjectSelect
        label="Task"
        all="All tasks"
        value={filter.taskSid}
        options={tasks.flatMap((sid) => (sid === null ? [] : [[sid, shortSid(sid)] as const]))}
        select={(taskSid) => change({ taskSid })}
      />
      <SubjectSelect
        label="Worker"
        all="All workers"
        value={filter.workerSid}
        options={workers}
        select={(workerSid) => change({ workerSid })}
      />
    </>
  );
}

interface SubjectSelectProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly options: readonly (readonly [sid: string, name: string])[];
  select(sid: string | null): void;
}

function SubjectSelect({ label, all, value, options, select }: SubjectSelectProps) {
  const isListed = value === null || options.some(([sid]) => sid === value);
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => select(event.currentTarget.value || null)}
    >
      <option value="">{all}</option>
      {!isListed && <option value={value ?? ''}>{shortSid(value ?? '')}</option>}
      {options.map(([sid, name]) => (
        <option key={sid} value={sid}>
          {name}
        </option>
      ))}
    </select>
  );
}

function toggled(all: ReadonlySet<Kind>, kind: Kind): ReadonlySet<Kind> {
  const left = new Set(all);
  if (!left.delete(kind)) left.add(kind);
  return left;
}
