import type { ComponentChildren } from 'preact';
import { Badge } from '../../../assets/design/components/badge';
import { ClockTime } from '../../../assets/design/components/clock-time';
import type { Entry } from '../data/entries';
import { isError } from '../data/entry-kinds';
import { shortSid } from '../data/entry-text';
import type { DetailProps } from './detail-props';

interface DetailHeaderProps extends Pick<DetailProps, 'names' | 'change'> {
  readonly entry: Entry;
  readonly title: string;
  readonly result: string;
  /** More buttons. */
  readonly children?: ComponentChildren;
}

/** The title, the result and the actions of an entry. */
export function DetailHeader({ entry, title, result, names, change, children }: DetailHeaderProps) {
  const { task_sid, worker_sid } = entry;
  return (
    <div class="detail-header">
      <h2>{title}</h2>
      <p>
        <Badge tone={isError(entry) ? 'error' : 'off'} text={result} />{' '}
        <span class="faint">
          #{entry.id} · <ClockTime iso={entry.at} />
        </span>
      </p>
      <div class="actions">
        {children}
        {task_sid && (
          <button type="button" title={task_sid} onClick={() => change({ taskSid: task_sid })}>
            Only task {shortSid(task_sid)}
          </button>
        )}
        {worker_sid && (
          <button type="button" title={worker_sid} onClick={() => change({ workerSid: worker_sid })}>
            Only worker {names.of(worker_sid) ?? shortSid(worker_sid)}
          </button>
        )}
      </div>
    </div>
  );
}
