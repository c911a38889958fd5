import type { Call } from '../../../assets/calls/call';
import { CallStatus } from '../../../assets/calls/components/call-status';
import { ClockTime } from '../../../assets/design/components/clock-time';
import { callSubject, callTitle, directionTags, talkedText } from '../data/call-text';
import type { NameIndex } from '../data/name-index';
import { ListBox } from './list-box';

interface CallListProps {
  /** Newest first. */
  readonly calls: readonly Call[];
  readonly names: NameIndex;
  readonly selectedSid: string | null;
  select(sid: string): void;
}

/** The phone calls, newest first. */
export function CallList({ calls, names, selectedSid, select }: CallListProps) {
  if (calls.length === 0) return <NoCalls />;
  return (
    <ListBox
      label="Phone calls, newest first"
      ids={calls.map(({ call_sid }) => call_sid)}
      selectedId={selectedSid}
      select={select}
    >
      {calls.map((call) => (
        <CallRow key={call.call_sid} call={call} isSelected={call.call_sid === selectedSid} names={names} />
      ))}
    </ListBox>
  );
}

interface CallRowProps {
  readonly call: Call;
  readonly isSelected: boolean;
  readonly names: NameIndex;
}

function CallRow({ call, isSelected, names }: CallRowProps) {
  const talked = talkedText(call);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active option
    <div
      class="entry"
      id={`entry-${call.call_sid}`}
      data-id={call.call_sid}
      role="option"
      aria-selected={isSelected}
    >
      <span class="tag">{directionTags[call.direction]}</span>
      <span class="entry-title">{callTitle(call)}</span>
      <span class="entry-result">
        <CallStatus call={call} />
      </span>
      <span class="entry-subject faint">{callSubject(call, names)}</span>
      <span class="entry-time faint">
        {talked && `${talked} · `}
        <ClockTime iso={call.date_created as string} />
      </span>
    </div>
  );
}

function NoCalls() {
  return (
    <div class="empty-state">
      <p>No calls yet. Call your application from the lifecycle page, or in a terminal:</p>
      <code>npx taskrouter call --from +15550111 --digits 1</code>
    </div>
  );
}
