import type { ComponentChildren } from 'preact';
import { Badge } from '../../../assets/design/components/badge';
import { ClockTime } from '../../../assets/design/components/clock-time';
import { type Entry, reservationOf } from '../data/entries';
import { isError } from '../data/entry-kinds';
import { CallSubject } from './call-subject';
import type { DetailProps } from './detail-props';
import { Subject } from './subject';

interface DetailHeaderProps extends DetailProps {
  readonly entry: Entry;
  readonly title: string;
  readonly result: string;
  /** More buttons. */
  readonly children?: ComponentChildren;
}

/** The title, the result and the actions of an entry. */
export function DetailHeader({ entry, title, result, children, ...props }: DetailHeaderProps) {
  const { task_sid, worker_sid, call_sid } = entry;
  const reservation = reservationOf(entry);
  return (
    <div class="detail-header">
      <h2>{title}</h2>
      <p>
        <Badge tone={isError(entry) ? 'error' : 'off'} text={result} />{' '}
        <span class="faint">
          #{entry.id} · <ClockTime iso={entry.at} />
        </span>
      </p>
      <div class="actions">{children}</div>
      {call_sid && (
        <CallSubject sid={call_sid} showCall={props.showCall}>
          <OnlyButton name="call" onClick={() => props.change({ callSid: call_sid })} />
        </CallSubject>
      )}
      {task_sid && (
        <Subject sid={task_sid} {...props}>
          <OnlyButton name="task" onClick={() => props.change({ taskSid: task_sid })} />
        </Subject>
      )}
      {worker_sid && (
        <Subject sid={worker_sid} {...props}>
          <OnlyButton name="worker" onClick={() => props.change({ workerSid: worker_sid })} />
        </Subject>
      )}
      {reservation && <Subject sid={reservation} {...props} />}
    </div>
  );
}

/** Filters the list. */
function OnlyButton({ name, onClick }: { readonly name: string; onClick(): void }) {
  return (
    <button type="button" class="plain" onClick={onClick}>
      Only this {name}
    </button>
  );
}
