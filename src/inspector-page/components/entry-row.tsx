import { Component } from 'preact';
import { ClockTime } from '../../../assets/design/components/clock-time';
import type { Entry } from '../data/entries';
import { isError, kindOf } from '../data/entry-kinds';
import { summaryOf } from '../data/entry-text';
import type { NameIndex } from '../data/name-index';

interface EntryRowProps {
  readonly entry: Entry;
  readonly isSelected: boolean;
  readonly names: NameIndex;
}

const tags = {
  change: 'REST',
  read: 'REST',
  assignment: 'HOOK',
  event: 'HOOK',
  voice: 'CALL',
  alert: 'ALERT',
} as const;

/** One row. Entries never change, so a row renders again only when its selection changes. */
export class EntryRow extends Component<EntryRowProps> {
  override shouldComponentUpdate(next: EntryRowProps): boolean {
    return next.isSelected !== this.props.isSelected || next.entry !== this.props.entry;
  }

  override render({ entry, isSelected, names }: EntryRowProps) {
    const { title, subject, result, duration } = summaryOf(entry, names);
    const kind = kindOf(entry);
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active option
      <div
        class={isError(entry) ? 'entry is-error' : 'entry'}
        id={`entry-${entry.id}`}
        data-id={entry.id}
        data-kind={kind}
        role="option"
        aria-selected={isSelected}
      >
        <span class="tag">{entry.type === 'request' ? entry.method : tags[kind]}</span>
        <span class="entry-title">{title}</span>
        <span class="entry-result">{result}</span>
        <span class="entry-subject faint">{subject}</span>
        <span class="entry-time faint">
          {duration && `${duration} · `}
          <ClockTime iso={entry.at} />
        </span>
      </div>
    );
  }
}
